/** nginx's own reference, which documents every default. */
const DOCS = 'https://nginx.org/en/docs';

export const PAGES = {
  upstream: `${DOCS}/http/ngx_http_upstream_module.html`,
  streamUpstream: `${DOCS}/stream/ngx_stream_upstream_module.html`,
  healthCheck: `${DOCS}/http/ngx_http_upstream_hc_module.html`,
  streamHealthCheck: `${DOCS}/stream/ngx_stream_upstream_hc_module.html`,
  proxy: `${DOCS}/http/ngx_http_proxy_module.html`,
  streamProxy: `${DOCS}/stream/ngx_stream_proxy_module.html`,
  core: `${DOCS}/http/ngx_http_core_module.html`,
  main: `${DOCS}/ngx_core_module.html`,
  tengineCheck: 'https://tengine.taobao.org/document/http_upstream_check.html',
} as const;
