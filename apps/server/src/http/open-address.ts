import { BlockList, isIP } from 'node:net'
import { CutroomError } from '@cutroom/contracts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether a host is this machine and cannot be reached from another. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  const family = isIP(plain)
  if (family === 0) return plain === 'localhost' || plain.endsWith('.localhost')
  return loopback.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

/** Throws `usage-invalid` where a server that asks nobody who they are would be reached from other machines. */
export function refuseOpenAddress(options: {
  readonly host: string
  readonly authentication: boolean
  readonly trustProxy?: boolean
}): void {
  if (options.authentication) return
  const refuse = (who: string, remedy: string) => {
    throw new CutroomError(
      'usage-invalid',
      `Without authentication the server would let everybody who reaches ${who} be its owner.`,
      { remedy },
    )
  }
  if (!isLoopback(options.host)) refuse(options.host, 'Listen on 127.0.0.1, or set CUTROOM_AUTH=on.')
  if (options.trustProxy) refuse('its proxy', 'Set CUTROOM_AUTH=on, or CUTROOM_TRUST_PROXY=off.')
}
