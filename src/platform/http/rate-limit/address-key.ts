import { isIPv6 } from 'node:net';

/** What an address is counted by: itself, and of IPv6 the network of 64 bits that one household or office has as a whole. */
export function addressKey(address: string): string {
  const plain = address.split('%', 1)[0] ?? '';
  const mapped = /^::ffff:([\d.]+)$/i.exec(plain)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(plain)) return plain;
  const [before = '', after = ''] = plain.toLowerCase().split('::');
  const [head, tail] = [groupsOf(before), groupsOf(after)];
  const zeros = plain.includes('::') ? Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0') : [];
  return `${[...head, ...zeros, ...tail].slice(0, 4).map(unpadded).join(':')}::/64`;
}

const groupsOf = (text: string): string[] => text.split(':').filter(Boolean);
const unpadded = (group: string): string => group.replace(/^0+(?=.)/, '');
