import { lookup as dnsLookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
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

export type Resolve = (host: string) => Promise<Address[]>;

/** Looks up a host. Throws AppError `address-unknown`. */
export async function resolveHost(host: string, lookUp: Resolve = askSystem): Promise<Address[]> {
  const literal = host.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal)) return [{ address: literal, family: ipaddr.parse(literal).kind() === 'ipv6' ? 6 : 4 }];
  const found = await lookUp(host).catch((cause: unknown) => {
    throw unknown(host, cause);
  });
  if (found.length === 0) throw unknown(host);
  return found;
}

/**
 * May a request go to this address? Decided on what the name resolved to, so that neither a decimal, octal or IPv6-mapped form
 * nor a name that points inwards gets through. Throws AppError `address-refused` or `https-required`.
 */
export function checkAddress(url: URL, address: string, rules: GuardRules): void {
  checkScheme(url);
  const ip = ipaddr.process(address);
  const range = rangeOf(ip);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const operatorAllowed = rules.allowPrivate.some((cidr) => inRange(ip, cidr));
  const loopbackAllowed = range === 'loopback' && rules.allowLoopback;

  if (rules.ownPorts.includes(port) && isThisMachine(ip))
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
}

/** Throws `address-refused` for anything but http and https; before a name is looked up. */
export function checkScheme(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused('Only http and https are spoken here.', 'Check the address.');
}

/** Ranges that lead inwards and that the library takes for public: IPv4-compatible, site-local, local translation. */
const inwards = ['::/96', 'fec0::/10', '64:ff9b:1::/48'];

function rangeOf(ip: ipaddr.IPv4 | ipaddr.IPv6): string {
  const range = ip.range();
  return range === 'unicast' && inwards.some((cidr) => inRange(ip, cidr)) ? 'reserved' : range;
}

/** Own ports are refused on every address that this machine has, also where the operator allowed its network. */
function isThisMachine(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ip.range() === 'loopback' || ip.range() === 'unspecified') return true;
  return Object.values(networkInterfaces())
    .flat()
    .some((own) => own !== undefined && ipaddr.process(own.address).toString() === ip.toString());
}

function inRange(ip: ipaddr.IPv4 | ipaddr.IPv6, cidr: string): boolean {
  try {
    const [base, bits] = ipaddr.parseCIDR(cidr);
    return base.kind() === ip.kind() && ip.match([base, bits]);
  } catch {
    return false;
  }
}

async function askSystem(host: string): Promise<Address[]> {
  const found = await dnsLookup(host, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

const unknown = (host: string, cause?: unknown) =>
  new AppError('address-unknown', `The name ${host} is not known.`, {
    hint: 'Check the spelling of the address, and that this machine can look names up.',
    cause,
  });

const refused = (message: string, hint: string) => new AppError('address-refused', message, { hint });
