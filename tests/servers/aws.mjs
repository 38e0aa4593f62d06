// SPDX-License-Identifier: Apache-2.0
// Stands in for AWS STS and IAM Identity Center. Every signature is checked with the AWS SDK's own signer,
// by a clock that is CLOCK_AHEAD_S ahead.
import http from 'node:http'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from '@aws-crypto/sha256-js'

// Whose keys are good, by access key id.
const keys = new Map([['AKIDBASE', { secretAccessKey: 'SECRET/BASE+KEY', sessionToken: undefined }]])
const now = () => Date.now() + Number(process.env.CLOCK_AHEAD_S ?? 0) * 1000
let issued = 0
let renewals = 0

const issue = () => {
  issued += 1
  const made = {
    accessKeyId: `AKIDROLE${issued}`,
    secretAccessKey: `secret/role+${issued}=`,
    sessionToken: `token/role+${issued}==`,
    expiration: new Date(now() + 3600e3),
  }
  keys.set(made.accessKeyId, made)
  return made
}

const refuse = (response, status, code, message) => {
  response.writeHead(status, { 'content-type': 'text/xml' })
  response.end(`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`)
}

// The access key id whose signature this is, or nothing.
const signer = async (request, body) => {
  const told = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), /.exec(request.headers.authorization ?? '')
  if (!told || !keys.has(told[1])) return undefined
  const [, accessKeyId, region, service, names] = told
  const credentials = { accessKeyId, ...keys.get(accessKeyId) }
  const stamp = request.headers['x-amz-date']
  const time = new Date(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  const headers = Object.fromEntries(names.split(';').filter((name) => !name.startsWith('x-amz-')).map((name) => [name, request.headers[name]]))
  const again = await new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false })
    .sign({ method: request.method, protocol: 'http:', hostname: 'localhost', path: request.url.split('?')[0], query: {}, headers, body }, { signingDate: time })
  return again.headers.authorization === request.headers.authorization ? accessKeyId : undefined
}

const sts = async (request, response, body) => {
  const form = new URLSearchParams(body)
  const action = form.get('Action')
  if (action === 'AssumeRole') {
    const stamp = (request.headers['x-amz-date'] ?? '').replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')
    if (!(Math.abs(Date.parse(stamp) - now()) < 300e3)) return refuse(response, 403, 'SignatureDoesNotMatch', `Signature expired: ${stamp}`)
    const who = await signer(request, body)
    if (!who) return refuse(response, 403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.')
    const role = form.get('RoleArn')
    if (role.includes('denied')) return refuse(response, 403, 'AccessDenied', `User is not authorized to perform: sts:AssumeRole on ${role}`)
    if (role.includes('external') && form.get('ExternalId') !== 'ext & 1') return refuse(response, 403, 'AccessDenied', 'external id')
    if (role.includes('mfa') && (form.get('SerialNumber') !== 'arn:aws:iam::1:mfa/ann' || form.get('TokenCode') !== '123456'))
      return refuse(response, 403, 'AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.')
    if (role.includes('second') && !who.startsWith('AKIDROLE')) return refuse(response, 403, 'AccessDenied', 'only the first role may')
  } else if (action !== 'AssumeRoleWithWebIdentity' || form.get('WebIdentityToken') !== 'web.identity.token') {
    return refuse(response, 400, 'InvalidIdentityToken', 'The web identity token is not valid.')
  }
  const made = issue()
  response.writeHead(200, { 'content-type': 'text/xml' })
  response.end(`<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials><AccessKeyId>${made.accessKeyId}</AccessKeyId><SecretAccessKey>${made.secretAccessKey}</SecretAccessKey><SessionToken>${made.sessionToken}</SessionToken><Expiration>${made.expiration.toISOString().replace(/\.\d+Z/, 'Z')}</Expiration></Credentials></${action}Result></${action}Response>`)
}

const json = (response, status, value) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

const portal = (request, response) => {
  const query = new URL(request.url, 'http://localhost').searchParams
  const token = request.headers['x-amz-sso_bearer_token']
  if (token !== 'sso-token' && token !== `sso-renewed-${renewals}`) return json(response, 401, { message: 'Session token not found or invalid' })
  if (query.get('role_name') !== 'Dev + Test' || query.get('account_id') !== '123456789012') return json(response, 403, { message: 'No access' })
  const made = issue()
  json(response, 200, { roleCredentials: { accessKeyId: made.accessKeyId, secretAccessKey: made.secretAccessKey, sessionToken: made.sessionToken, expiration: made.expiration.getTime() } })
}

const renew = (response, body) => {
  const told = JSON.parse(body)
  if (told.refreshToken === 'out-of-order') return json(response, 503, {})
  if (told.grantType !== 'refresh_token' || told.clientSecret !== 'client-secret' || told.refreshToken !== 'refresh-0') return json(response, 400, { error: 'invalid_grant' })
  renewals += 1
  json(response, 200, { accessToken: `sso-renewed-${renewals}`, expiresIn: 28800, refreshToken: `refresh-${renewals}` })
}

const server = http.createServer((request, response) => {
  const pieces = []
  request.on('data', (piece) => pieces.push(piece))
  request.on('end', async () => {
    const body = Buffer.concat(pieces).toString()
    response.setHeader('date', new Date(now()).toUTCString())
    if (request.url.startsWith('/federation/credentials')) return portal(request, response)
    if (request.url === '/token') return renew(response, body)
    await sts(request, response, body)
  })
})
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
