import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { after } from 'node:test'

const TICK_MS = 20

/** A line between a browser and a server that carries so much, counts it, and can be cut. */
export interface SlowLine {
  readonly url: string
  /** Bytes that went to the server. */
  readonly sentBytes: () => number
  /** What carries a file waits once so many bytes went in all, until it may go on to another number of them. */
  holdAt(sentBytes: number): void
  /** Cuts all that is open, and answers nobody until it is mended. */
  cut(): void
  mend(): void
}

/** Opens a line to a server. `bytesPerSecond` is what each connection carries towards it. Closed at the end of the file. */
export async function slowLine(serverUrl: string, bytesPerSecond: number): Promise<SlowLine> {
  const { port } = new URL(serverUrl)
  const open = new Set<Socket>()
  let isCut = false
  let sentBytes = 0
  let most = Number.POSITIVE_INFINITY
  const held = new Set<Socket>()
  const goOn = (near: Socket) => {
    if (sentBytes < most) near.resume()
    else held.add(near)
  }
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(port), '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
    far.pipe(near)
    near.on('data', (chunk: Buffer) => {
      sentBytes += chunk.length
      far.write(chunk)
      if (chunk.length < 4096) return
      near.pause()
      setTimeout(() => goOn(near), Math.max(TICK_MS, (chunk.length / bytesPerSecond) * 1000))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    for (const socket of open) socket.destroy()
  }
  after(() => {
    close()
    server.close()
  })
  const address = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${address.port}`,
    sentBytes: () => sentBytes,
    holdAt(bytes) {
      most = bytes
      for (const near of held) near.resume()
      held.clear()
    },
    cut() {
      isCut = true
      close()
    },
    mend() {
      isCut = false
    },
  }
}
