import type { Monitor, Pool, PoolMember, VirtualServer } from '../../model/balancing.ts';
import { entity } from './words.ts';

function isBefore({ at: a }: PoolMember, { at: b }: PoolMember): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** What rules can ask of virtual servers, pools, their members and health monitors. */
export const balancing = {
  virtualServer: entity<VirtualServer>(
    'An address and port that clients talk to: F5 virtual, HAProxy frontend, nginx server',
    {
      name: ['string', 'Name as the config writes it'],
      address: ['string', 'Address it listens on; `*` is every address'],
      port: ['int', 'Port; 0 is every port'],
      protocol: ['string', '`http`, `https`, `tcp`, `udp` or `other`'],
      enabled: ['bool', 'It takes traffic as configured'],
      pools: ['list<string>', 'Names of the pools it can send to'],
      answersItself: ['bool', 'Some requests are answered without any pool'],
      group: ['string', 'Redundancy group that moves its address'],
      floating: ['bool', 'Its address moves with a redundancy group'],
      bindsAnywhere: ['bool', 'It can be bound while the address is elsewhere'],
      mirrored: ['bool', 'Established connections survive a failover'],
      process: ['string', 'Daemon that answers on this host'],
      backup: ['string', 'Virtual server that takes over when this one is down'],
    },
    {
      usedPools: ['list<Pool>', 'The pools it can send to, as far as they are defined', (self, look) => look.poolsOf(self)],
      twins: [
        'list<VirtualServer>',
        'Virtual servers of the same name on partner devices',
        (self, look) => look.partners(self.device).flatMap((d) => look.serversNamed(d.name, self.name)),
      ],
      carriers: [
        'list<Member>',
        'The redundancy group memberships of its device that carry its address',
        (self, look) => self.address && look.carrying(self.device, self.address.value),
      ],
    },
  ),
  pool: entity<Pool>(
    'Servers that share a job: F5 pool, NetScaler service group, HAProxy backend, nginx upstream',
    {
      name: ['string', 'Name as the config writes it'],
      protocol: ['string', '`http`, `https`, `tcp`, `udp` or `other`'],
      members: ['list<PoolMember>', 'Its servers'],
      discovered: ['bool', 'Members come from elsewhere at run time'],
      monitors: ['list<Monitor>', 'Monitors of the pool as a whole'],
      monitorsRequired: ['int', 'How many monitors must succeed'],
      monitored: ['bool', 'An active health check is in force for the whole pool'],
      passiveMonitored: ['bool', 'Failures of live traffic take a member out for a while'],
      retriesElsewhere: ['bool', 'A failed connection is tried on another member'],
      minimumActive: ['int', 'Members that must be up for the pool to count as up'],
      fallback: ['string', 'Where requests go when no member is left'],
      used: ['bool', 'A virtual server uses it'],
      partition: ['string', 'F5: the administrative partition it is in'],
      synced: ['bool', 'Config sync brings it to the peer'],
      persistence: ['string', 'How clients are kept on one member'],
      persistenceShared: ['bool', 'Persistence entries are shared with the peer'],
      allBackups: ['bool', 'HAProxy `option allbackups`'],
      connectTimeout: ['int', 'Milliseconds'],
      serverTimeout: ['int', 'Milliseconds'],
      extra: ['map<string, dyn>', "Settings of one platform, by the vendor's words"],
    },
    {
      virtualServers: ['list<VirtualServer>', 'The virtual servers that can send to it', (self, look) => look.virtualServersOf(self)],
      twins: [
        'list<Pool>',
        'Pools of the same name on partner devices',
        (self, look) => look.partners(self.device).flatMap((d) => look.poolsNamed(d.name, self.name)),
      ],
      targetsKnown: [
        'bool',
        'The address and port of each of its members are known',
        (self, look) => look.known(self, 'members').members.every((m) => m.address && m.port),
      ],
      partlyMonitored: [
        'bool',
        'An active health check is in force for one of its members',
        (self, look) => look.known(self, 'members').members.some((m) => m.monitored?.value === true),
      ],
    },
  ),
  poolMember: entity<PoolMember>(
    'One server of a pool',
    {
      name: ['string', 'Name as the config writes it'],
      pool: ['string', 'Name of its pool'],
      address: ['string', 'Host name or address'],
      port: ['int', 'Port'],
      enabled: ['bool', 'It takes new connections as configured'],
      backup: ['bool', 'It is used only when the others are down'],
      weight: ['int', 'Share of the load'],
      monitored: ['bool', 'An active health check is in force for it'],
      monitors: ['list<Monitor>', 'The monitors in force for it'],
      resolvedOnce: ['bool', 'Its address is a name that is looked up only at start'],
      priorityGroup: ['int', 'F5 priority group; higher is used first'],
    },
    {
      virtualServers: [
        'list<VirtualServer>',
        'Virtual servers of the same device that listen on its address',
        (self, look) => (self.address ? look.boundTo(self.device, self.address.value) : []),
      ],
      poolOf: ['Pool', 'The pool it belongs to', (self, look) => look.parent(self)],
      earlierTwins: [
        'list<PoolMember>',
        'Earlier servers of its pool with the same address and port',
        (self, look) => look.sameTarget(look.known(look.parent(self) as Pool, 'members'), self).filter((m) => isBefore(m, self)),
      ],
      twins: [
        'list<PoolMember>',
        'Servers with the same address and port in pools of that name on partner devices',
        (self, look) =>
          look
            .partners(self.device)
            .flatMap((d) => look.poolsNamed(d.name, self.pool))
            .flatMap((p) => look.sameTarget(p, self)),
      ],
    },
  ),
  monitor: entity<Monitor>(
    'A health monitor, with what is in force after inheritance',
    {
      name: ['string', 'Name as the config writes it'],
      type: ['string', '`icmp`, `tcp`, `http`, `https`, `tls`, `udp`, `dns`, `sql`, `script` or `other`'],
      interval: ['int', 'Milliseconds between probes'],
      timeout: ['int', 'Milliseconds; see `timeoutCovers`'],
      timeoutCovers: ['string', '`decision`: without a success until down (F5); `probe`: how long one probe may take'],
      fall: ['int', 'Failed probes in a row until down'],
      rise: ['int', 'Good probes in a row until up'],
      detection: ['int', 'Milliseconds from the death of a member until it gets no more traffic'],
      expects: ['bool', 'The answer is checked'],
      destination: ['string', 'Address the check goes to, where it is its own'],
      port: ['int', 'Port the check goes to, where it is its own'],
      enabled: ['bool', 'It is in force'],
      builtIn: ['bool', 'Ships with the platform'],
      used: ['bool', 'Something refers to it'],
    },
    { pools: ['list<Pool>', 'The pools of its device that use it', (self, look) => look.poolsWithMonitor(self)] },
  ),
};
