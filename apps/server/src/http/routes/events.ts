import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import { followEvents, type Told } from '../../domain/events.ts'
import type { Caller } from '../../domain/people/caller.ts'
import { callerOfKey } from '../../domain/people/keys.ts'
import { callerOfSession } from '../../domain/people/sessions.ts'
import { chooseProfile } from '../../domain/profiles/profiles.ts'
import type { Service } from '../../domain/service.ts'
import { bearerOf } from '../access.ts'
import { sessionToken } from '../cookie.ts'
import type { Routes } from '../operation.ts'

/** Proxies give up on what is silent for longer; it is also how often it is asked whether the caller may still listen. */
const QUIET_MS = 15_000
/** When a client that lost the stream comes back. */
const RETRY_MS = 2000

const DESCRIPTION = `What changes in the profile, as server-sent events. An event's type says what changed, its
data is the thing as the API shows it (\`job\`: Job, without what it waits for, \`source\`: Source, \`segment\`: Segment, \`project\`: Project, \`clip\`: Clip,
\`export\`: Export, \`preset\`: ListedPreset, \`profile\`: Profile), or \`{id, deleted: true}\`. Of a thing that changed several times the latest
is told. Segments that an ingest found, and those that go with a deleted source, are not told one by one: the event of the source stands for them. Nor are exports
that become stale because their clip or their preset changed, which is told. In how many places a source is used and how much is stored is not told. Send the last id as \`Last-Event-ID\` to go on from there; after \`reset\` that was too long ago, so read anew what you show. \`quiet\` says each 15 seconds
that nothing changed, and that the connection lives.`

export const eventRoutes: Routes = (app, service) => {
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())

  app.get(
    '/events',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'followEvents',
        tags: ['events'],
        summary: 'Follow what changes',
        description: DESCRIPTION,
        response: {
          200: {
            description: 'A stream without end.',
            content: { 'text/event-stream': { schema: z.string() } },
          },
        },
      },
    },
    async (request, reply) => sendEvents(service, request, reply, closing.signal),
  )
}

function sendEvents(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): FastifyReply {
  const left = new AbortController()
  reply.raw.once('close', () => left.abort())
  const signal = AbortSignal.any([left.signal, closing])
  return reply
    .headers({
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      // A connection that fell idle after the server began to close would hold it open.
      connection: 'close',
    })
    .type('text/event-stream')
    .send(Readable.from(linesOf(service, request, signal)))
}

async function* linesOf(
  service: Service,
  request: FastifyRequest,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const after = request.headers['last-event-id']
  const following = { after: typeof after === 'string' ? after : undefined, signal, quietMs: QUIET_MS }
  yield `retry: ${RETRY_MS}\n`
  let asked = performance.now()
  for await (const told of followEvents(service, request.profile.id, following)) {
    if (performance.now() - asked > QUIET_MS) {
      asked = performance.now()
      if (!(await mayListen(service, request))) return
    }
    yield textOf(told)
  }
}

function textOf(told: Told): string {
  const id = `id: ${told.position}\n`
  switch (told.what) {
    case 'quiet':
      return `${id}event: quiet\ndata: {}\n\n`
    case 'reset':
      return `${id}event: reset\ndata: {}\n\n`
    case 'event':
      return `${id}event: ${told.event.type}\ndata: ${JSON.stringify(told.event.data)}\n\n`
  }
}

/** Whether a caller whose request lasts could still make it: keys are revoked, sessions end, profiles go. */
function mayListen({ db }: Service, request: FastifyRequest): Promise<boolean> {
  return db.shared(async (tx) => {
    const caller = await callerNow(tx, request)
    return caller !== null && (await chooseProfile(tx, caller, request.profile.id)) !== null
  })
}

async function callerNow(tx: Tx, request: FastifyRequest): Promise<Caller | null> {
  if (request.caller.kind === 'local') return request.caller
  if (request.caller.kind === 'key') return callerOfKey(tx, bearerOf(request))
  return (await callerOfSession(tx, sessionToken(request) ?? ''))?.caller ?? null
}
