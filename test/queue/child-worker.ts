import { writeFile } from 'node:fs/promises'
import { runTool } from '@cutroom/media'
import type { ConnectionFacts } from '../../apps/server/src/db/connection.ts'
import type { Handler } from '../../apps/server/src/worker/handler.ts'
import { startWorker } from '../../apps/server/src/worker/worker.ts'
import { handlersWith, openTestService } from './service.ts'

/* Runs jobs until it is ended: those of kind `preview` write into scratch and have ffmpeg encode for ever. */

const order: { facts: ConnectionFacts; dataDir: string } = JSON.parse(process.argv[2] ?? '')
await using service = await openTestService(order.facts, order.dataDir)

const preview: Handler<'preview'> = async (job) => {
  await writeFile(job.scratch.file('half-done'), job.jobId)
  console.log(job.attempt)
  const args = ['-re', '-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10', '-f', 'null', '-']
  const { tools } = job.studio
  await runTool(tools, {
    ...{ tool: 'ffmpeg', args, inputs: [], cwd: job.scratch.path },
    ...{ signal: job.signal, timeoutSeconds: 600 },
  })
}
const worker = startWorker({ service, handlers: handlersWith({ preview }), concurrency: 2 })
await new Promise((resolve) => process.once('SIGTERM', resolve))
await worker.stop({ graceSeconds: 1 })
