import { problemSchema } from '@cutroom/contracts'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { tidyComponents } from './components.ts'
import { SESSION_COOKIE } from './cookie.ts'
import { IDEMPOTENCY_HEADER } from './idempotency.ts'
import type { App } from './operation.ts'
import { PROBLEM_TYPE } from './problems.ts'

const DESCRIPTION = `Turns raw footage into finished short vertical videos, for several brands at once.

Every failure is answered as \`${PROBLEM_TYPE}\` with a \`code\` that programs can act on. Programs send a key as
\`Authorization: Bearer …\`; pages use the session's cookie. What belongs to another profile is missing: 404.`

const headerSchemas = {
  'x-profile-id': z
    .uuid()
    .optional()
    .describe("The profile that the request is about; the caller's default where missing."),
  [IDEMPOTENCY_HEADER]: z
    .string()
    .max(200)
    .optional()
    .describe('The same key twice is one request: the first answer is sent again for 24 hours.'),
}
/** Beside the header, in the query of every operation of a profile that reads. */
const profileInQuery = z
  .string()
  .optional()
  .describe(
    'What `X-Profile-Id` says, which goes before it: for players, pictures and downloads of browsers.',
  )
const problemAnswer = {
  description: 'What went wrong.',
  content: { [PROBLEM_TYPE]: { schema: problemSchema } },
}

/** Describes every operation from the schemas that validate it, with a page to read at `/api/docs`. */
export async function addDocuments(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Cutroom', version, description: DESCRIPTION, license: { name: 'MIT' } },
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
        },
      },
    },
    transform: ({ schema, url, route, ...rest }) => {
      const { access, scope, idempotent } = route.config ?? {}
      const open = access === 'public'
      const ofProfile = !open && (scope === undefined || scope === 'profile')
      const headers = z.object({
        ...(ofProfile && { 'x-profile-id': headerSchemas['x-profile-id'] }),
        ...(idempotent && { [IDEMPOTENCY_HEADER]: headerSchemas[IDEMPOTENCY_HEADER] }),
      })
      const reads = route.method === 'GET' || route.method === 'HEAD'
      const query = (schema?.querystring ?? z.object({})) as z.ZodObject
      const whole = {
        ...schema,
        headers,
        ...(ofProfile && reads && { querystring: query.safeExtend({ profileId: profileInQuery }) }),
        security: open ? [] : [{ key: [] }, { session: [] }],
        response: { ...(schema?.response as object), default: problemAnswer },
      }
      const described = jsonSchemaTransform({ schema: whole, url, route, ...rest })
      return {
        ...described,
        schema: { ...described.schema, response: withoutBodies(described.schema.response) },
      }
    },
    transformObject: (document) => tidyComponents(jsonSchemaTransformObject(document)),
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    logo: { type: 'image/svg+xml', content: Buffer.from(LOGO), href: '/api/docs' },
    theme: { title: 'Cutroom API' },
    uiConfig: { docExpansion: 'none', displayRequestDuration: true },
  })
}

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 40" height="40">
  <text x="0" y="28" font-family="sans-serif" font-size="26" font-weight="700" fill="#fff">Cutroom</text></svg>`

/** Answers whose headers say everything: the generator wants a schema of `null` for them. */
function withoutBodies(responses: unknown): Record<string, unknown> {
  const all = Object.entries((responses ?? {}) as Record<string, { description?: string; content?: object }>)
  return Object.fromEntries(
    all.map(([status, { description, content, ...rest }]) =>
      content !== undefined && Object.keys(content).length === 0
        ? [status, { type: 'null', description }]
        : [status, { description, ...rest, ...(content && { content }) }],
    ),
  )
}
