import { compareAddresses, inSubnet, ipVersion, prefixOfMask, sameAddress, subnetOf } from '../../src/model/address.ts';

test('only the usual notation is an address', () => {
  expect([ipVersion('10.0.0.1'), ipVersion('fe80::1'), ipVersion('10.1'), ipVersion('010.0.0.1'), ipVersion('')]).toEqual([4, 6, 0, 0, 0]);
});

test('a subnet is normalised, and nonsense has none', () => {
  expect(subnetOf('10.0.0.5', 24)).toBe('10.0.0.0/24');
  expect(subnetOf('2001:db8::5', 64)).toBe('2001:db8::/64');
  expect(subnetOf('10.0.0.5', 33)).toBeUndefined();
  expect(subnetOf('web1', 24)).toBeUndefined();
});

test('membership in a subnet', () => {
  expect(inSubnet('10.0.0.7', '10.0.0.0/24')).toBe(true);
  expect(inSubnet('10.0.1.7', '10.0.0.0/24')).toBe(false);
  expect(inSubnet('fe80::1', '10.0.0.0/24')).toBe(false);
  expect(inSubnet('10.0.0.7', 'nonsense')).toBe(false);
});

test('masks become prefix lengths, discontiguous ones none', () => {
  expect([prefixOfMask('255.255.252.0'), prefixOfMask('0.0.0.0'), prefixOfMask('255.255.255.255'), prefixOfMask('255.0.255.0')]).toEqual([
    22,
    0,
    32,
    undefined,
  ]);
});

test('addresses compare as numbers and whatever their spelling', () => {
  expect(compareAddresses('10.0.0.9', '10.0.0.10')).toBeLessThan(0);
  expect(sameAddress('2001:db8:0:0::1', '2001:db8::1')).toBe(true);
  expect(sameAddress('10.0.0.1', '10.0.0.2')).toBe(false);
});
