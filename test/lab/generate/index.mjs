/** Writes test/lab/scenarios from their short descriptions: `node test/lab/generate/index.mjs`. The files, not this, are what is judged. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addresses } from './addresses.mjs';
import { elections } from './elections.mjs';
import { interfaces, topology } from './parts.mjs';
import { pools } from './pools.mjs';
import { tracking } from './tracking.mjs';
import { wiring } from './wiring.mjs';

const root = fileURLToPath(new URL('../scenarios/', import.meta.url));

/** One value for both balancers, or one each. */
const each = (value, index) => (Array.isArray(value) ? value[index] : value);

const write = (folder, name, text) => {
  if (text === undefined) return;
  writeFileSync(join(folder, name), text);
  if (name.endsWith('.sh')) chmodSync(join(folder, name), 0o755);
};

rmSync(root, { recursive: true, force: true });
for (const [name, scenario] of Object.entries({ ...tracking, ...elections, ...addresses, ...pools, ...wiring })) {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  write(folder, 'network.clab.yml', topology(name, scenario.nodes, scenario.links));
  for (const [index, stanzas] of scenario.interfaces.entries()) {
    const own = join(folder, scenario.balancers?.[index] ?? `lb${index + 1}`);
    mkdirSync(own, { recursive: true });
    write(own, 'interfaces', interfaces(stanzas));
    write(own, 'keepalived.conf', each(scenario.keepalived, index));
    write(own, 'haproxy.cfg', each(scenario.haproxy, index));
    write(own, 'nginx.conf', each(scenario.nginx, index));
    for (const [file, text] of Object.entries(scenario.files ?? {})) write(own, file, text);
  }
}
