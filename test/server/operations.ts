import type { App } from '../../apps/server/src/http/operation.ts'

/** A JSON schema as the description of the API holds it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly format?: string
  readonly pattern?: string
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Schema
}

interface DescribedOperation {
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly security?: readonly object[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}

/** An operation of the API, as its own description tells of it. */
export interface Operation {
  readonly id: string
  readonly method: string
  /** With `{names}`. */
  readonly path: string
  readonly described: DescribedOperation
  readonly isPublic: boolean
  /** Whether it is about the profile of the request. */
  readonly ofProfile: boolean
  readonly pathParameters: readonly { readonly name: string; readonly collection: string }[]
  readonly query: readonly Parameter[]
  readonly body: { readonly type: string; readonly schema: Schema } | null
}

interface Description {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

export interface Api {
  readonly description: Description
  readonly operations: readonly Operation[]
  /** The schema itself, where it is a reference. */
  resolve(schema: Schema): Schema
}

export async function readApi(app: App): Promise<Api> {
  const answer = await app.inject({ url: '/api/v1/openapi.json' })
  const description: Description = JSON.parse(answer.body)
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(method.toUpperCase(), path, described)),
  )
  return {
    description,
    operations,
    resolve(schema) {
      let found = schema
      while (found.$ref !== undefined) {
        const next = description.components.schemas[found.$ref.replace('#/components/schemas/', '')]
        if (next === undefined) throw new Error(`${found.$ref} leads nowhere.`)
        found = next
      }
      return found
    },
  }
}

function operationOf(method: string, path: string, described: DescribedOperation): Operation {
  const parameters = described.parameters ?? []
  const [body] = Object.entries(described.requestBody?.content ?? {})
  return {
    id: described.operationId ?? `${method} ${path}`,
    method,
    path,
    described,
    isPublic: (described.security ?? []).length === 0,
    ofProfile: parameters.some(({ name }) => name === 'x-profile-id'),
    pathParameters: [...path.matchAll(/([^/]+)\/\{([^}]+)\}/g)].map(([, collection = '', name = '']) => ({
      collection,
      name,
    })),
    query: parameters.filter((parameter) => parameter.in === 'query'),
    body: body === undefined ? null : { type: body[0], schema: body[1].schema },
  }
}

export const isJson = (type: string): boolean => /json/.test(type)
