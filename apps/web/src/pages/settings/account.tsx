import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { signOut, studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { Button } from '../../ui/button.tsx'
import { PasswordField, passwordFault } from '../../ui/password-field.tsx'
import { toastDone, toastFailed } from '../../ui/toasts.tsx'
import { useForm } from '../../ui/use-form.ts'
import { EntranceError } from '../enter/entrance-error.tsx'
import { Section } from './section.tsx'

/** Who is signed in, and their password. */
export function AccountSettings() {
  const { session } = useStudio()
  const { person } = session
  if (person === null) return null
  return (
    <>
      <Section
        title={person.name || person.email}
        lead={[person.name && person.email, session.role === 'owner' ? 'Owner of this studio' : 'Member']
          .filter(Boolean)
          .join(' · ')}
        actions={<Button onClick={() => signOut().catch(toastFailed)}>Sign out</Button>}
      />
      <Section title="Password" lead="Changing it signs you out everywhere else.">
        <PasswordForm email={person.email} />
      </Section>
    </>
  )
}

function PasswordForm({ email }: { readonly email: string }) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const form = useForm(['current', 'password'], {
    check: () => ({
      current: current === '' ? 'Enter your present password.' : undefined,
      password: passwordFault(password),
    }),
    work: async () => {
      await ask(studioApi.PUT('/session/password', { body: { current, password } }))
      setCurrent('')
      setPassword('')
      toastDone('Your password is changed.')
    },
    reword: (_, field) => (field === 'current' ? 'This is not your present password.' : undefined),
  })
  return (
    <form ref={form.ref} onSubmit={form.onSubmit} noValidate className="max-w-sm space-y-4">
      {/* For password managers, which keep it by the address. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Present password"
        autoComplete="current-password"
        value={current}
        onChange={({ target }) => setCurrent(target.value)}
        error={form.wrong.current}
      />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
        error={form.wrong.password}
      />
      {form.error !== null && <EntranceError error={form.error} />}
      <Button look="primary" type="submit" busy={form.busy}>
        Change the password
      </Button>
    </form>
  )
}
