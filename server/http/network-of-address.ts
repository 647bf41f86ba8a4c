/** An IPv4 address, or the network of an IPv6 one, its first 64 bits: who has one address there has 2^64. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  if (ip.includes('.')) return tail.split(':').at(-1) ?? ip;
  const groups = head === '' ? [] : head.split(':');
  const ending = tail === '' ? 0 : tail.split(':').length;
  while (ip.includes('::') && groups.length < 8 - ending) groups.push('0');
  return groups.slice(0, 4).join(':');
}
