import { spawn } from 'node:child_process'

/**
 * Runs a program without input and keeps what it prints for the case that it fails. An interrupt is passed on, and ends
 * the set-up once the program is gone, so that nothing goes on installing behind the next set-up's back.
 *
 * @param {string[]} argv
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function runQuietly(argv) {
  const [command = '', ...args] = argv
  return new Promise((settle) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let interrupted = 0
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk.toString()).slice(-100_000)
    }
    const passOn = /** @type {const} */ ([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ]).map(([signal, code]) => {
      const listener = () => {
        interrupted = code
        child.kill('SIGTERM')
      }
      process.on(signal, listener)
      return () => process.off(signal, listener)
    })
    /** @param {boolean} ok */
    const end = (ok) => {
      for (const stop of passOn) stop()
      if (interrupted > 0) process.exit(interrupted)
      settle({ ok, output })
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => {
      output += error.message
      end(false)
    })
    child.on('close', (code) => end(code === 0))
  })
}

/**
 * The end of a program's output, indented to stand below a sentence.
 *
 * @param {string} output
 */
export function lastLines(output) {
  const lines = output.trimEnd().split('\n').slice(-20)
  return lines.map((line) => `    ${line}`).join('\n')
}
