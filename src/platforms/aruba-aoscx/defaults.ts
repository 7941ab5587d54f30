import type { Defaults } from '../cisco-like-finish.ts';

const GUIDE = 'https://support.hpe.com/techhub/eginfolib/Aruba/OS-CX_10.03/5200-5977';
export const LINKUP_PAGE = 'https://techhub.hpe.com/eginfolib/Aruba/8400_10.01/5200-5131/GUID-A61A012E-C780-4FE8-806B-3E63D40E4660.html';
const LAG_PAGE = `${GUIDE}/GUID-0F2F3448-A06B-40FD-8A87-AF35F203E4EF.html`;

/** What AOS-CX does where the config says nothing, as far as HPE's pages say it. */
export const DEFAULTS: Defaults = {
  members: {},
  switchport: { source: LAG_PAGE, vlan: 1 },
  enabled: () => undefined,
  edge: { source: LAG_PAGE },
  spanningTree: { source: LAG_PAGE, mode: 'mst', primary: 0, secondary: 4096 },
};
