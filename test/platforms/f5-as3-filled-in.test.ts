import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';

/* What stands in a declaration is not always all that becomes of it. */

const { rules } = readRuleFolder(join(__dirname, '../../rules'));

function found(application: object): string[] {
  const text = JSON.stringify({
    class: 'ADC',
    schemaVersion: '3.50.0',
    T: { class: 'Tenant', A: { class: 'Application', ...application } },
  });
  const { findings } = lintTexts([{ path: 'lb1/as3.json', text }], { platforms: PLATFORMS, rules, settings: { all: true } });
  return findings.map(({ rule }) => rule).sort();
}

const service = { class: 'Service_HTTP', virtualAddresses: ['192.0.2.10'], pool: 'web' };
const bare = { service, web: { class: 'Pool' } };

test('a pool that says nothing is empty', () => {
  expect(found(bare)).toContain('pool/empty');
});

// https://clouddocs.f5.com/products/extensions/f5-appsvcs-extension/latest/userguide/big-iq.html
test.each([
  ['members that are no list', { service, web: { class: 'Pool', members: null } }],
  ['a template of BIG-IQ', { schemaOverlay: 'template1', ...bare }],
  ['a template of BIG-IQ that has the pool, too', { schemaOverlay: 'template1', service }],
  ['what the pool includes', { service, web: { class: 'Pool', include: '/T/A/more' } }],
  ['what the application includes', { include: '/T/Shared/more', ...bare }],
])('what is filled in is unknown: %s', (_, application) => {
  expect(found(application)).toEqual([]);
});

test('a monitor of defaults alone, which includes others, has unknown times', () => {
  const monitor = { class: 'Monitor', monitorType: 'http', interval: 1 };
  const web = { class: 'Pool', monitors: [{ use: 'check' }], members: [{ servicePort: 80, serverAddresses: ['192.0.2.1', '192.0.2.2'] }] };
  expect(found({ service, web, check: monitor })).toContain('monitor/no-expectation');
  expect(found({ service, web, check: { ...monitor, include: '/T/A/more' } })).not.toContain('monitor/no-expectation');
});

test('a database check of another address is no mistake of the port', () => {
  const database = (check: object) => ({
    service: { class: 'Service_TCP', virtualAddresses: ['192.0.2.10'], virtualPort: 3307, pool: 'db' },
    db: { class: 'Pool', monitors: [{ use: 'check' }], members: [{ servicePort: 3307, serverAddresses: ['192.0.2.1', '192.0.2.2'] }] },
    check: { class: 'Monitor', monitorType: 'mysql', targetPort: 3456, receive: '1', ...check },
  });
  expect(found(database({}))).toContain('monitor/protocol-mismatch');
  expect(found(database({ targetAddress: '192.0.2.9' }))).not.toContain('monitor/protocol-mismatch');
});
