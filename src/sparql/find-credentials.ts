import type { Credentials } from './endpoint.ts'

/**
 * Credentials of a remote store, from variables that carry its name: for `lab` in vampira.toml VAMPIRA_STORE_LAB_USER
 * and …_PASSWORD (Basic), or …_TOKEN (Bearer); for a URL its host and port take the name's place
 * (VAMPIRA_STORE_LOCALHOST_3030_USER). So a secret goes only to the server that it was set for.
 * @param where a name in vampira.toml or an http(s) URL
 */
export function findCredentials(where: string, environment: NodeJS.ProcessEnv = process.env): Credentials {
  const name = /^https?:/i.test(where) ? new URL(where).host : where
  const prefix = `VAMPIRA_STORE_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
  const variables = { user: `${prefix}_USER`, password: `${prefix}_PASSWORD`, token: `${prefix}_TOKEN` }
  const [user, password, token] = [variables.user, variables.password, variables.token].map(
    (variable) => environment[variable] || undefined,
  )
  if (token !== undefined) return { authorization: `Bearer ${token}`, variables }
  if (user === undefined && password === undefined) return { authorization: undefined, variables }
  const pair = Buffer.from(`${user ?? ''}:${password ?? ''}`, 'utf8').toString('base64')
  return { authorization: `Basic ${pair}`, variables }
}
