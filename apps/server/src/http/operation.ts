import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Caller } from '../domain/people/caller.ts'
import type { ProfileRow } from '../domain/profiles/profiles.ts'
import type { Service } from '../domain/service.ts'

/**
 * Who may call an operation. `public`: anybody. `read`, `write`: who reads, who writes. `owner`: owners, by a key as well.
 * `owner-in-person`: owners, but no key, so that a key that leaked cannot make more of itself. `person`: who is signed in.
 */
export type Access = 'public' | 'read' | 'write' | 'owner' | 'owner-in-person' | 'person'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every operation states it; the server does not start with one that does not. */
    access?: Access
    /** `path` where the operation names its profile as `:id` in its path, `studio` where it is about no single one. Default: `profile`. */
    scope?: 'profile' | 'path' | 'studio'
    /** Whether an `Idempotency-Key` is honoured: for what costs something. The answer must be JSON. */
    idempotent?: true
    /** A bearer token that opens this operation alone. */
    token?: string | null
  }
  interface FastifyRequest {
    /** Who asks; absent where the operation is public. */
    caller: Caller
    /** The profile that the request is about; absent where `scope` is `studio`. */
    profile: ProfileRow
  }
}

/** A server whose routes are typed by the schemas that validate them. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** The operations of one noun. */
export type Routes = (app: App, service: Service, options: ServerOptions) => void

export interface ServerOptions {
  /** Whether callers have to say who they are. */
  readonly authentication: boolean
  readonly version: string
  /** Whether `X-Forwarded-*` is to be believed: only behind a proxy that sets them. Default: no. */
  readonly trustProxy?: boolean
  /** Origins, besides its own, whose pages may call the API with a key. Default: none. */
  readonly origins?: readonly string[]
  /** A bearer token that reads `/metrics`. */
  readonly metricsToken?: string | null
  /** Whoever sends this bearer token is the local caller: for a command line that starts the API for itself. */
  readonly localKey?: string
  /** Requests of one key or address within a minute; of a person, several times as many. */
  readonly requestsPerMinute?: number
}
