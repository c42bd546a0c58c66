import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { readConfig } from '../../apps/server/src/config.ts'
import { cutroom } from '../cli/cli.ts'
import { temporaryFolder } from '../support/children.ts'

const opened = new AsyncDisposableStack()
after(() => opened.disposeAsync())
const folder = opened.use(await temporaryFolder())

describe('cutroom serve refuses', () => {
  const refusal = async (args: string[], env: Record<string, string> = {}) => {
    const command = [...args, '--data', path.join(folder.path, 'never')]
    const { exitCode, stderr } = await cutroom(command, { env })
    assert.equal(exitCode, 2, String(stderr))
    return String(stderr)
  }

  it('to listen to other machines without authentication, and says what to do', async () => {
    const said = await refusal(['serve', '--host', '0.0.0.0', '--port', '0'], { CUTROOM_AUTH: 'off' })
    assert.match(said, /everybody who reaches 0\.0\.0\.0/)
    assert.match(said, /Listen on 127\.0\.0\.1, or set CUTROOM_AUTH=on/)
  })

  it('settings that are wrong, by their names', async () => {
    assert.match(
      await refusal(['serve', '--port', '70000']),
      /CUTROOM_PORT is wrong: it must be at most 65535/,
    )
    const cases: [env: Record<string, string>, name: RegExp][] = [
      [{ CUTROOM_GRACE_SECONDS: 'soon' }, /CUTROOM_GRACE_SECONDS is wrong/],
      [{ CUTROOM_AUHT: 'off' }, /no setting CUTROOM_AUHT/],
      [{ DATABASE_URL: 'mysql://db/studio' }, /DATABASE_URL is wrong: .*postgres:/],
      [{ DATABASE_URL: 'postgres://joe@[/studio' }, /DATABASE_URL is wrong: .*address/],
    ]
    for (const [env, name] of cases) assert.throws(() => readConfig(env), { message: name })
  })

  it('an address that it cannot listen on, and says why', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const taken = await refusal(['serve', '--port', String(port)])
    other.close()
    assert.match(taken, new RegExp(`port ${port} of 127\\.0\\.0\\.1: another program listens there`))
    assert.match(taken, /--port/)
    const foreign = await refusal(['serve', '--host', '203.0.113.7', '--port', '0'])
    assert.match(foreign, /no address of this machine/)
  })

  it('a database that it cannot reach, without telling its password', async () => {
    const env = { DATABASE_URL: 'postgres://joe:secret-word@127.0.0.1:1/studio' }
    const { exitCode, stdout, stderr } = await cutroom(['worker', '--data', folder.path], { env })
    assert.equal(exitCode, 6, String(stderr))
    assert.match(String(stderr), /database-unavailable: The database cannot be reached: .*ECONNREFUSED/)
    assert.doesNotMatch(String(stdout) + String(stderr), /secret-word/)
  })

  it('to run API and worker apart without a PostgreSQL that both reach', async () => {
    for (const said of await Promise.all([refusal(['api', '--port', '0']), refusal(['worker'])])) {
      assert.match(said, /run apart only on a PostgreSQL/)
      assert.match(said, /Set DATABASE_URL for both, or run `cutroom serve`/)
    }
  })
})
