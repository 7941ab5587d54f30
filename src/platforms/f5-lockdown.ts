import { portNumber } from './f5-names.ts';

/** UDP port of network failover messages (K9057). */
export const FAILOVER_PORT = 1026;

/** What `default` lets in as shipped, as far as HA needs it: network failover, and config sync over CMI (K17333). */
const SHIPPED_DEFAULTS: readonly string[] = ['udp:1026', 'tcp:4353'];

/**
 * Whether a self IP's port lockdown lets a UDP port in. `services` are the words of `allow-service`;
 * `defaults` those of `net self-allow defaults`, where the config has them.
 */
export function letsIn(services: readonly string[], port: number, defaults: readonly string[] = SHIPPED_DEFAULTS): boolean {
  return services.some((service) => {
    if (service === 'all') return true;
    if (service === 'default') return letsIn(defaults, port, []);
    const [protocol = '', word = ''] = service.toLowerCase().split(':');
    return (protocol === 'udp' || protocol === '17' || protocol === 'any') && (portNumber(word) === port || portNumber(word) === 0);
  });
}
