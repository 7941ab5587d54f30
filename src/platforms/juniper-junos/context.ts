import type { Entity } from '../../model/entity.ts';
import { type ConfigNode, nodePlace } from '../../syntax/config-tree.ts';
import type { noFacts } from '../entity.ts';

const REFERENCE = 'https://www.juniper.net/documentation/us/en/software/junos/cli-reference/topics/ref/statement';

/** Pages that document the defaults. */
export const PAGES = {
  priority: `${REFERENCE}/priority-edit-interfaces-vrrp.html`,
  preempt: `${REFERENCE}/preempt-edit-interfaces-vrrp.html`,
  interval: `${REFERENCE}/advertise-interval-edit-interfaces-vrrp.html`,
  group: `${REFERENCE}/security-interfaces-unit-family-inet-address-vrrp-group.html`,
  cluster: 'https://www.juniper.net/documentation/en_US/junos/topics/topic-map/security-chassis-cluster-failover-parameters.html',
  lacp: `${REFERENCE}/lacp-edit-interfaces.html`,
} as const;

/** What reading one host builds up. */
export interface Context {
  readonly device: string;
  readonly root: ConfigNode;
  readonly facts: ReturnType<typeof noFacts>;
  /** VLAN ids by name. */
  readonly vlans: Map<string, number>;
}

/** Entity fields of a thing that a node defines. */
export function entityAt(node: ConfigNode, context: Context): Entity {
  return { at: nodePlace(node), device: context.device, platform: 'juniper-junos' };
}

/** The name an interface goes by here: a port's unit 0 is the port, other units are `port.unit`. */
export function portName(name: string): string {
  return /^(?:irb|vlan)\b/.test(name) ? name : name.replace(/\.0$/, '');
}
