import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { probeFile, runTool } from '@cutroom/media'
import { turnClockwise } from '../../apps/server/src/demo/display-matrix.ts'
import { testTools } from '../support/tools.ts'

test('a file that is marked to be turned is probed as upright', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cutroom-turn-'))
  t.after(() => rm(folder, { recursive: true }))
  const tools = await testTools()
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=1']
  await runTool(tools, {
    tool: 'ffmpeg',
    args: [...source, '-c:v', 'libx264', '-preset', 'ultrafast', '-movflags', '+faststart', 'a.mp4'],
    inputs: [],
    cwd: folder,
    timeoutSeconds: 60,
  })
  const file = path.join(folder, 'a.mp4')
  await turnClockwise(file, 180)
  const { video } = await probeFile(tools, file, { scratchDir: folder })
  assert.equal(video?.rotation, 90)
  assert.deepEqual([video?.displayWidth, video?.displayHeight], [180, 320])
})
