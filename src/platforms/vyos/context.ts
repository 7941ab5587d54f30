import type { Entity } from '../../model/entity.ts';
import { type ConfigNode, nodePlace } from '../../syntax/config-tree.ts';
import type { noFacts } from '../entity.ts';

/** VRRP on VyOS: keywords and defaults. */
export const VRRP_PAGE = 'https://docs.vyos.io/en/latest/configuration/highavailability/index.html';
/** What VyOS makes of it, and the defaults that the page leaves out. */
export const VRRP_CODE = 'https://github.com/vyos/vyos-1x/blob/current/interface-definitions/high-availability.xml.in';
/** VyOS runs keepalived, which watches an instance's own interface. */
export const KEEPALIVED_PAGE = 'https://www.keepalived.org/manpage.html';

/** What reading one host builds up. */
export interface Context {
  readonly device: string;
  readonly root: ConfigNode;
  readonly facts: ReturnType<typeof noFacts>;
}

/** Entity fields of a thing that a node defines. */
export function entityAt(node: ConfigNode, context: Context): Entity {
  return { at: nodePlace(node), device: context.device, platform: 'vyos' };
}
