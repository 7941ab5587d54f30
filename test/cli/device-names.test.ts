import { folderWith, runCli } from './run-cli.ts';

const HAPROXY =
  'global\n    maxconn 100\nfrontend web\n    bind 10.0.0.100:80\n    default_backend app\nbackend app\n    server a 10.0.0.11:80 check\n';
const IOS = 'version 15.2\nhostname core1\n!\ninterface GigabitEthernet1/0/1\n switchport mode access\n!\nend\n';

const TWO = { 'configs/lb1.cfg': HAPROXY, 'configs/lb2.cfg': HAPROXY };

test.each<[string, Record<string, string>, string[], string[]]>([
  ['a file of a folder of several hosts is named as with the others', TWO, ['configs/lb1.cfg'], ['lb1']],
  ['so is it when the folder is read', TWO, ['configs'], ['lb1', 'lb2']],
  ['other files beside it name nothing', { 'lb1/a.cfg': HAPROXY, 'lb1/notes.txt': 'call Bob\n' }, ['lb1/a.cfg'], ['lb1']],
  ['a host name that is stated needs no folder', { 'net/a.cfg': IOS, 'net/b.cfg': HAPROXY }, ['net/a.cfg'], ['core1']],
  ['the one config of a collection has its folder’s name', { 'configs/a.cfg': HAPROXY }, ['configs/a.cfg'], ['configs']],
  [
    'what the project file leaves out does not count',
    { 'halint.yaml': "exclude: ['web/old*']\n", 'web/a.cfg': HAPROXY, 'web/old.cfg': HAPROXY },
    ['web/a.cfg'],
    ['web'],
  ],
])('%s', async (_, files, paths, names) => {
  const { out } = await runCli(['model', ...paths], folderWith(files));
  expect(JSON.parse(out).devices.map((one: { name: string }) => one.name)).toEqual(names);
});
