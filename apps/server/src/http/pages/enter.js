// The page that a one-time link opens. The token stands behind the #, so that it reaches neither logs nor other sites.
const KINDS = {
  '/setup': {
    operation: '/api/v1/session/setup',
    title: 'Become the owner',
    lead: 'You are the first here: choose how you sign in.',
    newPerson: true,
  },
  '/invitation': {
    operation: '/api/v1/session/accept',
    title: 'Join this studio',
    lead: 'You were invited: choose how you sign in.',
    newPerson: true,
  },
  '/reset': {
    operation: '/api/v1/session/reset',
    title: 'Choose a new password',
    lead: 'It ends all sessions that were begun with the old one.',
    newPerson: false,
  },
}

const kind = KINDS[location.pathname]
const token = location.hash.slice(1)
const at = (id) => document.getElementById(id)
const form = at('form')
const outcome = at('outcome')

at('title').textContent = kind.title
at('lead').textContent = token === '' ? 'This link is not whole: copy it again.' : kind.lead
form.hidden = token === ''
for (const id of ['email-field', 'name-field']) at(id).hidden = !kind.newPerson
form.elements.email.required = kind.newPerson

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const button = form.querySelector('button')
  button.disabled = true
  const { email, name, password } = Object.fromEntries(new FormData(form))
  const body = kind.newPerson ? { token, email, name, password } : { token, password }
  const response = await fetch(kind.operation, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null)
  button.disabled = false
  if (response?.ok) {
    form.hidden = true
    history.replaceState(null, '', location.pathname)
    at('lead').textContent = 'Done: you are signed in.'
    const link = Object.assign(document.createElement('a'), {
      href: '/api/docs',
      textContent: 'Open the API',
    })
    outcome.replaceChildren(link)
    return
  }
  const problem = await response?.json().catch(() => null)
  outcome.textContent = problem ? `${problem.detail} ${problem.remedy}` : 'The server does not answer.'
})
