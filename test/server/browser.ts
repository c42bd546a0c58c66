import type { App } from '../../apps/server/src/http/operation.ts'
import type { Answer } from '../support/service.ts'

/** Somebody in front of a browser: keeps the cookie, and says where its requests come from as browsers do. */
export class Browser {
  cookie = ''
  /** The last `Set-Cookie`. */
  setCookie = ''
  readonly #app: App
  readonly #address: string

  constructor(app: App, address = '127.0.0.1') {
    this.#app = app
    this.#address = address
  }

  async send(
    method: string,
    place: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
    { silent = false }: { readonly silent?: boolean } = {},
  ): Promise<Answer> {
    const answer = await this.#app.inject({
      method: method as 'GET',
      url: `/api/v1${place}`,
      remoteAddress: this.#address,
      headers: {
        ...(!silent && { 'sec-fetch-site': 'same-origin' }),
        ...(this.cookie !== '' && { cookie: this.cookie }),
        ...headers,
      },
      ...(body !== undefined && { payload: body }),
    })
    const set = answer.headers['set-cookie']
    if (set !== undefined) {
      this.setCookie = String(set)
      this.cookie = this.setCookie.split(';')[0] ?? ''
    }
    return {
      status: answer.statusCode,
      body: answer.body === '' ? null : JSON.parse(answer.body),
      headers: answer.headers,
      bytes: answer.rawPayload,
    }
  }
}
