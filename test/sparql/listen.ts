import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Credentials, QueryEndpoint } from '../../src/sparql/endpoint.ts'

export interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

export interface Listener {
  url: string
  /** What it received, oldest first. */
  received: Received[]
}

/** A server on this machine that keeps what it receives. It is closed when the test ends. */
export async function listen(
  answer: (response: ServerResponse, request: Received) => void,
): Promise<Listener> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const whole = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
      received.push(whole)
      answer(response, whole)
    })
  })
  // A connection that is closed while a request is on its way looks like a fault. So none is closed for being idle.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

export function credentialsOf(authorization?: string): Credentials {
  return { authorization, variables: { user: 'X_USER', password: 'X_PASSWORD', token: 'X_TOKEN' } }
}

export function endpointAt(query: string, authorization?: string): QueryEndpoint {
  return { name: 'lab', query, credentials: credentialsOf(authorization) }
}
