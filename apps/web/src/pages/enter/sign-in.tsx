import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { enterAs, studioApi } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Door } from './door.tsx'
import { EntranceError } from './entrance-error.tsx'

/** The way in for who has a password, and back to where they wanted to go. */
export function SignIn() {
  const { next = '/' } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const form = useForm(['email', 'password'], {
    check: () => ({
      email: email.trim() === '' ? 'Enter your e-mail address.' : undefined,
      password: password === '' ? 'Enter your password.' : undefined,
    }),
    work: async () => {
      const body = { email: email.trim(), password }
      await enterAs(await ask(studioApi.POST('/session', { body })))
      await navigate({ href: next, replace: true })
    },
  })
  return (
    <Door title="Sign in">
      <form ref={form.ref} onSubmit={form.onSubmit} noValidate className="space-y-4">
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={({ target }) => setEmail(target.value)}
          error={form.wrong.email}
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          error={form.wrong.password}
        />
        {form.error !== null && <EntranceError error={form.error} />}
        <Button look="primary" type="submit" busy={form.busy} className="w-full">
          Sign in
        </Button>
      </form>
      <Forgotten email={email.trim()} />
    </Door>
  )
}

/** No mail is sent: whoever runs the studio makes a link. */
function Forgotten({ email }: { readonly email: string }) {
  const command = `cutroom reset-password ${email === '' ? 'you@example.org' : email}`
  return (
    <details className="mt-5 text-[13px]">
      <summary className="w-fit rounded font-medium text-soft hover:text-ink">Forgot your password?</summary>
      <div className="mt-2 space-y-2 text-soft">
        <p>Ask an owner of the studio. On the machine that runs Cutroom, this makes a link for a new one:</p>
        <div className="flex items-center gap-2">
          <code className="min-w-0 grow rounded-lg bg-sunken px-3 py-2 wrap-anywhere text-ink">
            {command}
          </code>
          <CopyButton text={command} />
        </div>
      </div>
    </details>
  )
}
