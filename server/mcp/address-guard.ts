import { lookup as dnsLookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { AppError } from '#src/lib/app-error.ts';

export type GuardRules = {
  /** True while Patchbay itself listens only on loopback: then loopback and plain HTTP to it are allowed. */
  allowLoopback: boolean;
  /** CIDR ranges that the machine's operator allowed, for plain HTTP too. */
  allowPrivate: readonly string[];
  /** Our own ports on this machine (database, LiveKit, speech, worker): never reached out to. */
  ownPorts: readonly number[];
};

export type Address = { address: string; family: 4 | 6 };

/** Looks up a host. Throws AppError `address-unknown`. */
export async function resolveHost(host: string): Promise<Address[]> {
  const literal = host.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal)) return [{ address: literal, family: ipaddr.parse(literal).kind() === 'ipv6' ? 6 : 4 }];
  try {
    const found = await dnsLookup(host, { all: true });
    return found.map((entry) => ({ address: entry.address, family: entry.family === 6 ? 6 : 4 }));
  } catch (cause) {
    throw new AppError('address-unknown', `The name ${host} is not known.`, {
      hint: 'Check the spelling of the address, and that this machine can look names up.',
      cause,
    });
  }
}

/**
 * May a request go to this address? Decided on what the name resolved to, so that neither a decimal, octal or IPv6-mapped form
 * nor a name that points inwards gets through. Throws AppError `address-refused` or `https-required`.
 */
export function checkAddress(url: URL, address: string, rules: GuardRules): void {
  const ip = ipaddr.process(address);
  const range = ip.range();
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const operatorAllowed = rules.allowPrivate.some((cidr) => inRange(ip, cidr));
  const loopbackAllowed = range === 'loopback' && rules.allowLoopback;

  if (range === 'loopback' && rules.ownPorts.includes(port))
    throw refused(`Port ${port} of this machine is Patchbay's own.`, 'Use the address of the MCP server itself.');
  if (range !== 'unicast' && !operatorAllowed && !loopbackAllowed)
    throw refused(
      `The address ${address} is ${range === 'loopback' ? 'this machine itself' : `not a public one (${range})`}.`,
      'Use a public address, or ask whoever runs this machine to allow the range in PATCHBAY_ALLOW_PRIVATE.',
    );
  if (url.protocol === 'http:' && !operatorAllowed && !loopbackAllowed)
    throw new AppError('https-required', 'Plain http would send the key readable for everyone on the way.', {
      hint: 'Use the https address of the server.',
    });
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused('Only http and https are spoken here.', 'Check the address.');
}

function inRange(ip: ipaddr.IPv4 | ipaddr.IPv6, cidr: string): boolean {
  try {
    const [base, bits] = ipaddr.parseCIDR(cidr);
    return base.kind() === ip.kind() && ip.match([base, bits]);
  } catch {
    return false;
  }
}

const refused = (message: string, hint: string) => new AppError('address-refused', message, { hint });
