/** Web servers behind the balancers: health checks present, missing, slow; retries, backups, a single server. */
import { block, checkHaproxy, haproxy, instance, keepalived, nginx, oneSwitch, twoArms, twoSwitches } from './parts.mjs';

const configs = () => [
  keepalived('lb1', [instance({ state: 'MASTER', priority: 150 })]),
  keepalived('lb2', [instance({ state: 'BACKUP', priority: 100 })]),
];

const watched = (globals = []) =>
  [
    ['lb1', 'MASTER', 150],
    ['lb2', 'BACKUP', 100],
  ].map(([node, state, priority]) =>
    keepalived(node, [checkHaproxy(), instance({ state, priority, lines: block('track_script', ['chk_haproxy']) })], globals),
  );

const servers = (...options) => options.map((option, i) => `web${i + 1} 10.0.1.${21 + i}:8080${option}`);
const behindHaproxy = (options) => ({ ...twoArms(options.servers.length), keepalived: configs(), haproxy: haproxy(options) });
const behindNginx = (options) => ({ ...twoArms(options.servers.length), keepalived: configs(), nginx: nginx(options) });

export const pools = {
  'pool-checked': behindHaproxy({ servers: servers(' check', ' check') }),
  'pool-unchecked': behindHaproxy({ servers: servers('', ''), retries: 1 }),
  'pool-unchecked-no-retries': behindHaproxy({ servers: servers('', ''), retries: 0 }),
  'pool-unchecked-redispatch': behindHaproxy({ servers: servers('', ''), defaults: ['option redispatch'] }),
  'pool-checked-slowly': behindHaproxy({ servers: servers(' check inter 4s fall 3 rise 2', ' check inter 4s fall 3 rise 2') }),
  'pool-http-checked': behindHaproxy({
    servers: servers(' check inter 1s fall 2 rise 1', ' check inter 1s fall 2 rise 1'),
    backend: ['option httpchk GET /health'],
  }),
  'pool-backup-server': behindHaproxy({ servers: servers(' check inter 1s', ' check inter 1s backup') }),
  'pool-backup-unchecked': behindHaproxy({ servers: servers('', ' backup'), retries: 1 }),
  'pool-single-server': behindHaproxy({ servers: servers(' check') }),
  'nginx-pool': behindNginx({ servers: ['10.0.1.21:8080', '10.0.1.22:8080'] }),
  'nginx-pool-never-failed': behindNginx({ servers: ['10.0.1.21:8080 max_fails=0', '10.0.1.22:8080 max_fails=0'] }),
  'nginx-pool-no-next-upstream': behindNginx({
    servers: ['10.0.1.21:8080 max_fails=0', '10.0.1.22:8080 max_fails=0'],
    location: ['proxy_next_upstream off;'],
  }),
  'nginx-pool-backup': behindNginx({ servers: ['10.0.1.21:8080', '10.0.1.22:8080 backup'] }),
  'one-switch-watched-proxy': {
    ...oneSwitch(2),
    keepalived: watched(),
    haproxy: haproxy({ servers: ['web1 10.0.0.21:8080 check inter 1s', 'web2 10.0.0.22:8080 check inter 1s'] }),
  },
  'two-switches-apart': {
    ...twoSwitches(),
    keepalived: configs(),
    haproxy: haproxy({ servers: ['web1 10.0.0.21:8080 check inter 1s', 'web2 10.0.0.22:8080 check inter 1s'] }),
  },
  'two-switches-balancers-on-one': {
    ...twoSwitches({ lb2Switch: 'sw1' }),
    keepalived: configs(),
    haproxy: haproxy({ servers: ['web1 10.0.0.21:8080 check inter 1s', 'web2 10.0.0.22:8080 check inter 1s'] }),
  },
  'pool-two-frontends': {
    ...behindHaproxy({ servers: servers(' check inter 1s', ' check inter 1s') }),
    haproxy: `${haproxy({ servers: servers(' check inter 1s') })}
frontend other
    bind *:8080
    default_backend other

backend other
    server web2 10.0.1.22:8080 check inter 1s
`,
  },
  'pool-tcp': {
    ...behindHaproxy({ servers: servers(' check inter 1s', ' check inter 1s') }),
    haproxy: haproxy({ servers: servers(' check inter 1s', ' check inter 1s') }).replace('mode http', 'mode tcp'),
  },
};
