import { BlockList, isIP } from 'node:net';

/** What is not the public internet: own machine, private, shared, link-local (metadata of clouds too), documentation, multicast, reserved. */
const NOT_PUBLIC_V4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
];
/** Of IPv6 only 2000::/3 is public; these parts of it lead into IPv4 or nowhere. */
const NOT_PUBLIC_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const PUBLIC_V6 = rangesOf(['2000::/3']);
const NOT_PUBLIC = rangesOf([...NOT_PUBLIC_V4, ...NOT_PUBLIC_V6]);

/** Says which addresses may be connected to: public ones, and those that the operator has named. */
export class AddressGuard {
  private readonly named: BlockList;

  /** @param ranges addresses or ranges that are let through although they are not public: `10.1.2.0/24,fd00::5`. */
  constructor(ranges = '') {
    this.named = rangesOf(
      ranges
        .split(',')
        .map((range) => range.trim())
        .filter(Boolean),
    );
  }

  /** Whether `address`, an IP in its usual form, may be connected to. An IPv4 address written as IPv6 never may. */
  allows(address: string): boolean {
    return this.isNamed(address) || isPublic(address);
  }

  /** Whether the operator has named it: then it may also be spoken to without TLS. */
  isNamed(address: string): boolean {
    return isPlain(address) && this.named.check(address, familyOf(address));
  }
}

function isPublic(address: string): boolean {
  if (!isPlain(address)) return false;
  const family = familyOf(address);
  return !NOT_PUBLIC.check(address, family) && (family === 'ipv4' || PUBLIC_V6.check(address, family));
}

// `BlockList` looks into IPv4-mapped addresses by itself, `::ffff:a00:1` and all, so they are refused before it is asked.
const MAPPED = rangesOf(['0.0.0.0/0']);
function isPlain(address: string): boolean {
  return isIP(address) === 4 || (isIP(address) === 6 && !MAPPED.check(address, 'ipv6'));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

function rangesOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = familyOf(address);
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list;
}
