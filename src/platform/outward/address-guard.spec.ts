import { AddressGuard } from './address-guard';

describe('the guard of addresses', () => {
  const guard = new AddressGuard();

  it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.0.1', '169.253.0.1', '2606:4700:4700::1111'])(
    'lets the public address %s through',
    (address) => expect(guard.allows(address)).toBe(true),
  );

  it.each([
    ...['127.0.0.1', '127.255.0.1', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
    ...['169.254.169.254', '192.0.0.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '64:ff9b::7f00:1',
    ],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1'],
  ])('refuses %s, which is not the public internet', (address) => expect(guard.allows(address)).toBe(false));

  it.each(['', 'localhost', '2130706433', '0177.0.0.1', '0x7f.1', '127.1'])('refuses %s, which is no address', (text) =>
    expect(guard.allows(text)).toBe(false),
  );

  it('lets through what the operator has named, and nothing beside it', () => {
    const named = new AddressGuard('10.1.2.0/24, fd00::5,192.168.5.7');
    expect(['10.1.2.3', 'fd00::5', '192.168.5.7'].filter((address) => named.allows(address))).toHaveLength(3);
    expect(['10.1.3.3', 'fd00::6', '192.168.5.8', '127.0.0.1'].filter((address) => named.allows(address))).toEqual([]);
    expect(named.allows('::ffff:10.1.2.3')).toBe(false);
  });
});
