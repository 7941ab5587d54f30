/** Envoy's own documentation. */
const API = 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/config';

export const PAGES = {
  cluster: `${API}/cluster/v3/cluster.proto`,
  healthCheck: `${API}/core/v3/health_check.proto`,
  outlier: `${API}/cluster/v3/outlier_detection.proto`,
  endpoint: `${API}/endpoint/v3/endpoint_components.proto`,
} as const;
