import { type ConfigNode, ignoreBelow } from '../../syntax/config-tree.ts';

/** Top levels that say nothing of HA, or whose parts that do are read elsewhere. */
const TOP = new Set(
  'system,security,policy-options,firewall,snmp,forwarding-options,class-of-service,services,access,applications,event-options,protocols,routing-options,routing-instances,accounting-options,poe,ethernet-switching-options,switch-options,schedulers,apply-groups,groups,dynamic-profiles,bridge-domains,vlans,multi-chassis,version,openflow,smtp,unified-edge,wlan,diameter,jsrc,session-limit-group,fabric,virtual-chassis,tenants,multicast-snooping-options,apply-macro'.split(
    ',',
  ),
);
/** Statements of interfaces and chassis without a say in HA. */
const LEAVES = new Set(
  'description,encapsulation,vlan-tagging,flexible-vlan-tagging,stacked-vlan-tagging,speed,link-mode,hold-time,traps,no-traps,filter,policer,rpf-check,sampling,iso,mpls,ccc,vpls,evpn,targeted-broadcast,no-redirects,unnumbered-address,input-vlan-map,output-vlan-map,tunnel,clear-dont-fragment-bit,mac,native-vlan-id,gratuitous-arp-reply,no-gratuitous-arp-request,family,arp,ndp,eui-64,primary,preferred,dhcp,ether-options,gigether-options,storm-control,recovery-timeout,aggregated-devices,fpc,alarm,pic,network-services,craft-lockout,redundancy,apply-groups,apply-groups-except,apply-macro,esi,proxy-arp,number-of-ports,mtu,vlan-id,vlan-tags,vlan-id-range,traceoptions,auto-negotiation,no-auto-negotiation,flow-control,no-flow-control,optics-options,otn-options,fec,damping,load-balance,link-speed,system-id,bandwidth,accept-source-mac,statistics,interface-transmit-statistics,otn,multiservice-options,unit,cos,per-unit-scheduler,hierarchical-scheduler,minimum-bandwidth,logical-interface-fpc-redundancy,periodic,accept-data,vrrp-inherit-from,track,traffic-control,no-neighbor-learn,disable,no-dad,dad-disable,shared-scheduler,demux-options,demux,peer-unit,ppp-options,keepalives,lcp,backup-options,point-to-point,multipoint,no-arp-trap,swap-by-poppush,rewrite-rules,classifiers,layer2-policer,forward-and-send-to-re,forward-only'.split(
    ',',
  ),
);

/** Marks what is known and of no concern; what is left is not recognised. */
export function markNoise(root: ConfigNode): void {
  for (const top of root.children.values()) {
    if (TOP.has(top.word)) ignoreBelow(top);
    else markLeaves(top, 0);
  }
}

function markLeaves(node: ConfigNode, depth: number): void {
  for (const s of node.statements) if (s.children.length > 0) s.use ??= 'read';
  for (const child of node.children.values()) {
    const known = LEAVES.has(child.word) && child.word !== 'unit' && child.word !== 'family';
    if (known) ignoreBelow(child);
    else if (depth < 20) markLeaves(child, depth + 1);
  }
}
