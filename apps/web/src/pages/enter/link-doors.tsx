import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { ask } from '../../api/client.ts'
import { ApiError } from '../../api/problem.ts'
import { enterAs, type Session, sessionQuery, studioApi } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { PasswordField, passwordFault } from '../../ui/password-field.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Door } from './door.tsx'
import { EntranceError } from './entrance-error.tsx'

/** The token of a one-time link: behind the `#`, which browsers send to nobody. Known until the page is left. */
function useToken(): string {
  const hash = useRouterState({ select: ({ location }) => location.hash })
  const [token, setToken] = useState(hash)
  // The address changes before the page does: a link that worked would be called dead meanwhile.
  if (hash !== '' && hash !== token) setToken(hash)
  return token
}

const isGone = (error: unknown): boolean => error instanceof ApiError && error.code === 'not-found'

/** Where a link does not lead anywhere any more. */
function DeadLink({ children }: { readonly children: ReactNode }) {
  return (
    <Door title="This link does not work">
      <div className="space-y-3 text-soft">{children}</div>
      <Link to="/sign-in" className={`${buttonClass('plain')} mt-6 w-full`}>
        To the sign-in page
      </Link>
    </Door>
  )
}

/** Makes the owner of a new studio. */
export function SetUp() {
  const navigate = useNavigate()
  return (
    <NewPerson
      title="Set up your studio"
      lead="You become its owner. Your account stays on this server."
      action="Create my account"
      enter={(body) => ask(studioApi.POST('/session/setup', { body }))}
      onEntered={() => navigate({ to: '/welcome', replace: true })}
      dead={
        <>
          <p>It works once, within 24 hours. If the studio has an owner by now, sign in.</p>
          <p>If not, start Cutroom again: it prints a new link. Open it with everything behind the #.</p>
        </>
      }
    />
  )
}

/** Takes an invitation up. */
export function Invitation() {
  const navigate = useNavigate()
  const { data: session } = useQuery(sessionQuery)
  const present = session?.person?.email
  return (
    <NewPerson
      title="Join the studio"
      lead={
        present === undefined
          ? 'Make an account to accept the invitation.'
          : `Make an account to accept the invitation. You are signed in as ${present}; this browser changes to the new account.`
      }
      action="Join"
      enter={(body) => ask(studioApi.POST('/session/accept', { body }))}
      onEntered={() => navigate({ to: '/', replace: true })}
      dead={
        <p>
          An invitation works once, within 7 days. Ask for another one, and open the link with everything
          behind the #.
        </p>
      }
    />
  )
}

interface NewPersonProps {
  readonly title: string
  readonly lead: string
  readonly action: string
  readonly enter: (body: {
    readonly token: string
    readonly name: string
    readonly email: string
    readonly password: string
  }) => Promise<Session>
  readonly onEntered: () => Promise<void>
  /** What to do where the link is used or broken. */
  readonly dead: ReactNode
}

function NewPerson({ title, lead, action, enter, onEntered, dead }: NewPersonProps) {
  const token = useToken()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const form = useForm(['name', 'email', 'password'], {
    check: () => ({
      email: /^\S+@\S+\.\S+$/.test(email.trim())
        ? undefined
        : 'Enter an e-mail address, such as you@example.org.',
      password: passwordFault(password),
    }),
    work: async () => {
      await enterAs(await enter({ token, name: name.trim(), email: email.trim(), password }))
      await onEntered()
    },
    reword: ({ code }, field) => {
      if (field !== 'email') return undefined
      if (code === 'conflict')
        return 'There is an account with this address already. Sign in with it, or use another.'
      return 'This is no e-mail address that can be used.'
    },
  })
  if (token === '' || isGone(form.error)) return <DeadLink>{dead}</DeadLink>
  return (
    <Door title={title} lead={lead}>
      <form ref={form.ref} onSubmit={form.onSubmit} noValidate className="space-y-4">
        <TextField
          label="Your name"
          autoComplete="name"
          autoFocus
          maxLength={100}
          value={name}
          onChange={({ target }) => setName(target.value)}
          error={form.wrong.name}
        />
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          hint="To sign in with. Nothing is sent to it."
          value={email}
          onChange={({ target }) => setEmail(target.value)}
          error={form.wrong.email}
        />
        <PasswordField
          label="Password"
          autoComplete="new-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          error={form.wrong.password}
        />
        {form.error !== null && <EntranceError error={form.error} />}
        <Button look="primary" type="submit" busy={form.busy} className="w-full">
          {action}
        </Button>
      </form>
    </Door>
  )
}

/** A new password, for who has a link for it. */
export function Reset() {
  const token = useToken()
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const form = useForm(['password'], {
    check: () => ({ password: passwordFault(password) }),
    work: async () => {
      await enterAs(await ask(studioApi.POST('/session/reset', { body: { token, password } })))
      toastDone('Your password is changed. You are signed out everywhere else.')
      await navigate({ to: '/', replace: true })
    },
  })
  if (token === '' || isGone(form.error))
    return (
      <DeadLink>
        <p>
          It works once, within an hour. Ask an owner of the studio for another one, and open it with
          everything behind the #.
        </p>
      </DeadLink>
    )
  return (
    <Door title="Choose a new password" lead="You are signed out everywhere else.">
      <form ref={form.ref} onSubmit={form.onSubmit} noValidate className="space-y-4">
        <PasswordField
          label="New password"
          autoComplete="new-password"
          autoFocus
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          error={form.wrong.password}
        />
        {form.error !== null && <EntranceError error={form.error} />}
        <Button look="primary" type="submit" busy={form.busy} className="w-full">
          Save and sign in
        </Button>
      </form>
    </Door>
  )
}
