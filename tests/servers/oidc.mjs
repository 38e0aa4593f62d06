// SPDX-License-Identifier: Apache-2.0
// A real OpenID provider. LIFETIME: seconds that an access token is good for.
import http from 'node:http'
import net from 'node:net'
import Provider from 'oidc-provider'

const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
const port = await freePort()
const issuer = `http://127.0.0.1:${port}`
const redirects = (process.env.REDIRECTS ?? 'http://127.0.0.1:8765/callback').split(' ')
const lifetime = Number(process.env.LIFETIME ?? 3600)

const provider = new Provider(issuer, {
  clients: [
    { client_id: 'desktop', application_type: 'native', token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], redirect_uris: redirects },
    { client_id: 'confidential', client_secret: 'p@ss word+&=%', grant_types: ['authorization_code', 'refresh_token'], application_type: 'native', redirect_uris: redirects },
    { client_id: 'machine', client_secret: 'machine-secret', grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
  ],
  scopes: ['openid', 'offline_access', 'email', 'agents/invoke', 'agents/read'],
  claims: { openid: ['sub'], email: ['email'] },
  conformIdTokenClaims: false,
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id, email: `${id}@example.com` }) }),
  pkce: { required: () => true, methods: ['S256'] },
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  ttl: { AccessToken: lifetime, ClientCredentials: lifetime, IdToken: 3600, Interaction: 600, Session: 3600, Grant: 3600, RefreshToken: 3600 },
  features: {
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => 'urn:agents',
      useGrantedResource: async () => true,
      getResourceServerInfo: async () => ({ scope: 'agents/invoke agents/read', audience: 'agents', accessTokenFormat: 'jwt', accessTokenTTL: lifetime }),
    },
  },
  cookies: { keys: ['parlance-tests'] },
})
http.createServer(provider.callback()).listen(port, '127.0.0.1', () => console.log(`listening on ${port}`))
