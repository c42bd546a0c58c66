import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { constants, getPriority, tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { CutroomError, type ErrorCode } from '@cutroom/contracts'
import type { Tools } from '@cutroom/media'
import { runTool, startTool } from '../../packages/media/src/run/run.ts'
import { testTools } from '../support/tools.ts'

let tools: Tools
let open: Tools
let folder: string

const failsWith = (code: ErrorCode) => (error: unknown) =>
  error instanceof CutroomError && error.code === code
const inFolder = (args: readonly string[], more: object = {}) =>
  ({ tool: 'ffmpeg', args, inputs: [], cwd: folder, timeoutSeconds: 60, ...more }) as const

/** A picture that never ends, as fast as the machine can. */
const ENDLESS = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360', '-f', 'null', '-']

before(async () => {
  tools = await testTools()
  open = await testTools('off')
  folder = await mkdtemp(path.join(tmpdir(), 'cutroom-run-'))
})
after(() => rm(folder, { recursive: true }))

describe('running ffmpeg', () => {
  it('hands stdout to the sink whole and reports every frame', async () => {
    const sizes: number[] = []
    const args = [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=64x64:r=10:d=3',
      '-pix_fmt',
      'gray',
      '-f',
      'rawvideo',
      'pipe:1',
    ]
    const { progress } = await runTool(
      tools,
      inFolder(args, { stdout: (chunk: Uint8Array) => void sizes.push(chunk.length) }),
    )
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      64 * 64 * 30,
    )
    assert.equal(progress.frames, 30)
    assert.equal(progress.done, true)
  })

  it('waits for a slow sink, and fills further pipes at the same time', async () => {
    const sizes = { slow: 0, quick: 0 }
    const slow = async (chunk: Uint8Array) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      sizes.slow += chunk.length
    }
    const quick = (chunk: Uint8Array) => {
      sizes.quick += chunk.length
    }
    const raw = ['-pix_fmt', 'gray', '-f', 'rawvideo']
    const args = [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=320x180:r=10:d=5',
      '-map',
      '0',
      ...raw,
      'pipe:1',
      '-map',
      '0',
      ...raw,
      'pipe:4',
    ]
    await runTool(tools, inFolder(args, { stdout: slow, pipes: [quick] }))
    assert.deepEqual(sizes, { slow: 320 * 180 * 50, quick: 320 * 180 * 50 })
  })

  it('feeds one encoder from several decoders in sequence', async () => {
    const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p']
    const encode = [
      ...raw,
      '-s',
      '64x64',
      '-framerate',
      '10',
      '-i',
      'pipe:0',
      '-c:v',
      'libx264',
      'joined.mp4',
    ]
    const encoder = startTool(tools, { ...inFolder(encode), feed: true })
    assert.ok(encoder.stdin)
    for (const colour of ['red', 'green', 'blue']) {
      const source = ['-f', 'lavfi', '-i', `color=${colour}:s=64x64:r=10:d=1`]
      await runTool(tools, inFolder([...source, ...raw, 'pipe:1'], { stdout: encoder.stdin }))
    }
    encoder.stdin.end()
    assert.equal((await encoder.finished).progress.frames, 30)
  })

  it('says what ffmpeg said last when it fails', async () => {
    await assert.rejects(
      runTool(tools, inFolder(['-i', 'absent.mp4', '-f', 'null', '-'])),
      (error: unknown) => {
        assert.ok(failsWith('tool-failed')(error))
        assert.match(String(error), /absent\.mp4: No such file or directory/)
        return true
      },
    )
  })

  it('fails with the error of a sink that throws, and ends the process', async () => {
    const broken = () => {
      throw new RangeError('sink is broken')
    }
    const endless = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64', '-f', 'rawvideo', 'pipe:1']
    await assert.rejects(runTool(tools, inFolder(endless, { stdout: broken })), RangeError)
  })

  it('is ended by its time limit', async () => {
    await assert.rejects(
      runTool(tools, inFolder(ENDLESS, { timeoutSeconds: 0.5 })),
      failsWith('tool-timeout'),
    )
  })

  for (const [name, chosen] of [
    ['in the sandbox', () => tools],
    ['without a sandbox', () => open],
  ] as const) {
    it(`leaves no process behind when it is cancelled ${name}`, async () => {
      const cancel = new AbortController()
      const marker = `title=${path.basename(folder)}-${name.replaceAll(' ', '-')}`
      const args = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360', '-metadata', marker, '-f', 'null', '-']
      const onProgress = () => cancel.abort()
      await assert.rejects(
        runTool(chosen(), inFolder(args, { signal: cancel.signal, onProgress })),
        failsWith('cancelled'),
      )
      assert.deepEqual(await processesWith(marker), [])
    })
  }
})

describe('a process that is cancelled while it starts', () => {
  it('is gone with its sandbox, at whatever instant that was', async () => {
    const marker = `title=${path.basename(folder)}-early`
    const args = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64', '-metadata', marker, '-f', 'null', '-']
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const signal = AbortSignal.timeout(index)
        await assert.rejects(runTool(tools, inFolder(args, { signal })), failsWith('cancelled'))
      }),
    )
    assert.deepEqual(await processesWith(marker), [])
  })
})

describe('a process at work', () => {
  it('gives way to everything else on the machine, with all that it consists of', async (t) => {
    const stop = new AbortController()
    const { promise: atWork, resolve: works } = Promise.withResolvers<void>()
    const marker = `title=${path.basename(folder)}-gently`
    const args = ['-re', '-f', 'lavfi', '-i', 'testsrc2=s=64x64', '-metadata', marker, '-f', 'null', '-']
    const { finished } = startTool(tools, inFolder(args, { signal: stop.signal, onProgress: () => works() }))
    await Promise.race([atWork, finished])
    const ids = await processesWith(marker)
    const priorities = ids.map((id) => getPriority(Number(id)))
    const sessions = await Promise.all(ids.map(sessionNiceness))
    stop.abort()
    await assert.rejects(finished, failsWith('cancelled'))
    assert.deepEqual(new Set(priorities), new Set([constants.priority.PRIORITY_BELOW_NORMAL]))
    if ((await sessionNiceness('self')) === null) t.diagnostic('sessions are not weighed on this machine')
    else assert.deepEqual(new Set(sessions), new Set([constants.priority.PRIORITY_BELOW_NORMAL]))
  })
})

describe('the sandbox', () => {
  const confined = () =>
    tools.sandbox.bwrap === null && `bubblewrap is not usable here: ${tools.sandbox.reason}`

  it('hides every file that is not an input', async (t) => {
    const why = confined()
    if (why) return t.skip(why)
    const secret = path.join(await mkdtemp(path.join(tmpdir(), 'cutroom-secret-')), 'secret.txt')
    await writeFile(secret, 'secret')
    const args = ['-f', 'rawvideo', '-s', '2x2', '-pix_fmt', 'gray', '-i', secret, '-f', 'null', '-']
    await assert.rejects(runTool(tools, inFolder(args)), /No such file/)
    await runTool(tools, inFolder(args, { inputs: [secret] }))
    await rm(path.dirname(secret), { recursive: true })
  })

  it('keeps inputs read-only and the rest of the disk out of reach', async (t) => {
    const why = confined()
    if (why) return t.skip(why)
    const input = await mkdtemp(path.join(tmpdir(), 'cutroom-input-'))
    await writeFile(path.join(input, 'a.txt'), 'as it was')
    const write = (target: string) => ['-f', 'lavfi', '-i', 'color=s=16x16:d=0.1', '-f', 'rawvideo', target]
    for (const target of [path.join(input, 'a.txt'), '/usr/cutroom-test', '/cutroom-test']) {
      await assert.rejects(
        runTool(tools, inFolder(write(target), { inputs: [input] })),
        /Read-only file system/,
      )
    }
    assert.equal(await readFile(path.join(input, 'a.txt'), 'utf8'), 'as it was')
    await rm(input, { recursive: true })
  })

  it('has no network, not even loopback of the machine', async (t) => {
    const why = confined()
    if (why) return t.skip(why)
    let connections = 0
    const server = createServer((socket) => {
      connections += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address)
    const args = ['-i', `tcp://127.0.0.1:${address.port}`, '-f', 'null', '-']
    await assert.rejects(runTool(open, inFolder(args)), failsWith('tool-failed'))
    assert.equal(connections, 1, 'without the sandbox the same command reaches the server')
    await assert.rejects(runTool(tools, inFolder(args)), failsWith('tool-failed'))
    assert.equal(connections, 1)
    server.close()
  })
})

/** How the kernel weighs the session of a process against others; `null` where it weighs none. */
async function sessionNiceness(id: string): Promise<number | null> {
  const text = await readFile(`/proc/${id}/autogroup`, 'utf8').catch(() => null)
  return text === null ? null : Number(/nice (-?\d+)/.exec(text)?.[1])
}

/** Ids of the living processes whose command line holds `text`. */
async function processesWith(text: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
  return ids.filter((_, at) => lines[at]?.includes(text))
}
