// SPDX-License-Identifier: Apache-2.0
// The parts of a Cognito user pool that the emulator lacks: the server's side of SRP, set-up of an
// authenticator app during a sign-in, codes by e-mail, custom challenges, rotating refresh tokens. Written
// from the specification; another party's client signs in to it in srpclient.mjs. Tokens are good for
// LIFE_S seconds, an hour unless told; with NEVER_REVOKES set, who revokes one waits for ever; with FORGETS
// set, no sign-in is renewed; with OLDER set, GetTokensFromRefreshToken is not known.
import './webcrypto.mjs'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import http from 'node:http'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'

const N = BigInt('0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF')
const g = 2n
const power = (base, exponent, modulus) => {
  let result = 1n
  for (base %= modulus; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus
    base = (base * base) % modulus
  }
  return result
}
const padded = (number) => {
  let hex = number.toString(16)
  if (hex.length % 2) hex = '0' + hex
  return Buffer.from('89abcdef'.includes(hex[0]) ? '00' + hex : hex, 'hex')
}
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const hmac = (key, ...parts) => parts.reduce((code, part) => code.update(part), createHmac('sha256', key)).digest()
const big = (bytes) => BigInt('0x' + bytes.toString('hex'))
const k = big(sha256(padded(N), padded(g)))

const pool = 'us-east-1_AbCdEfGhI'
const poolName = 'AbCdEfGhI'
const clients = {
  public: { rotates: true },
  confidential: { secret: 'client+secret/1' },
  passwordonly: { forbidsSrp: true },
  choiceonly: { forbidsSrp: true, isChoice: true },
  customonly: { forbidsSrp: true, isCustom: true },
}
const password = 'Correct-Horse-9 é'
const users = {
  'ann@example.com': { id: '11111111-1111-4111-8111-111111111111', then: [] },
  'mail@example.com': { id: '22222222-2222-4222-8222-222222222222', then: ['EMAIL_OTP'] },
  'app@example.com': { id: '33333333-3333-4333-8333-333333333333', then: ['MFA_SETUP'] },
  'choose@example.com': { id: '44444444-4444-4444-8444-444444444444', then: ['SELECT_MFA_TYPE', 'SMS_MFA'] },
  'custom@example.com': { id: '55555555-5555-4555-8555-555555555555', then: ['CUSTOM_CHALLENGE', 'CUSTOM_CHALLENGE'] },
  'phone@example.com': { id: '77777777-7777-4777-8777-777777777777', then: ['MFA_SETUP'], parameters: { MFAS_CAN_SETUP: '["SMS_MFA"]' } },
  'nopassword@example.com': { id: '88888888-8888-4888-8888-888888888888', then: [], available: ['EMAIL_OTP', 'WEB_AUTHN'] },
  'plain@example.com': { id: '99999999-9999-4999-8999-999999999999', then: ['EMAIL_OTP'], available: ['PASSWORD'] },
  'new@example.com': { id: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa', then: ['NEW_PASSWORD_REQUIRED', 'SELECT_MFA_TYPE', 'SMS_MFA'] },
  'device@example.com': { id: '66666666-6666-4666-8666-666666666666', then: ['WEB_AUTHN'] },
}
const { publicKey, privateKey: signingKey } = await generateKeyPair('RS256')
// GET /test/calls: what was asked. /test/life/SECONDS: of the tokens from now on. /test/slow/MS: before a
// renewal. /test/forget: no refresh token is good any more.
const calls = {}
let slowness = 0
let lifetime = Number(process.env.LIFE_S ?? 3600)
const sessions = new Map()
const refreshTokens = new Map()

class Refusal extends Error {
  constructor(type, message) {
    super(message)
    this.type = type
  }
}
const must = (condition, type, message) => {
  if (!condition) throw new Refusal(type, message)
}

const verifierOf = (user) => {
  user.salt ??= big(randomBytes(16))
  const x = big(sha256(padded(user.salt), sha256(poolName + user.id + ':' + (user.password ?? password))))
  return power(g, x, N)
}
const sessionFor = (state) => {
  const name = randomBytes(24).toString('base64')
  sessions.set(name, state)
  return name
}
// A session is good for one answer; a wrong code gives it back.
const takeSession = (name) => {
  const state = sessions.get(name)
  must(state, 'NotAuthorizedException', 'Invalid session for the user.')
  sessions.delete(name)
  return state
}
const checkSecret = (clientId, userName, hash) => {
  const client = clients[clientId]
  must(client, 'ResourceNotFoundException', `User pool client ${clientId} does not exist.`)
  if (client.secret) must(hash === hmac(client.secret, userName + clientId).toString('base64'), 'NotAuthorizedException', `Unable to verify secret hash for client ${clientId}`)
  return client
}

const tokensFor = async (user, clientId, keepsRefreshToken) => {
  const token = (use, extra) =>
    new SignJWT({ token_use: use, jti: randomBytes(8).toString('hex'), ...extra }).setProtectedHeader({ alg: 'RS256', kid: 'pool-1' }).setSubject(user.id)
      .setIssuer(`https://cognito-idp.us-east-1.amazonaws.com/${pool}`).setIssuedAt().setExpirationTime(`${lifetime}s`).sign(signingKey)
  const result = {
    AccessToken: await token('access', { client_id: clientId, scope: 'aws.cognito.signin.user.admin', username: user.id }),
    IdToken: await token('id', { aud: clientId, email: Object.keys(users).find((name) => users[name] === user) }),
    ExpiresIn: lifetime,
    TokenType: 'Bearer',
  }
  if (!keepsRefreshToken) {
    result.RefreshToken = randomBytes(32).toString('base64')
    refreshTokens.set(result.RefreshToken, { user, clientId })
  }
  return { AuthenticationResult: result, ChallengeParameters: {} }
}

const parametersOf = {
  EMAIL_OTP: { CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL', CODE_DELIVERY_DESTINATION: 'm***@e***' },
  SMS_MFA: { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: '+*******0100' },
  SELECT_MFA_TYPE: { MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]' },
  NEW_PASSWORD_REQUIRED: { userAttributes: '{"email":"new@example.com"}', requiredAttributes: '["userAttributes.name"]' },
  MFA_SETUP: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
  CUSTOM_CHALLENGE: { question: 'What is the word of the day?' },
  WEB_AUTHN: { CREDENTIAL_REQUEST_OPTIONS: '{}' },
}
const next = async (state) => {
  const [name, ...then] = state.then
  if (!name) return tokensFor(state.user, state.clientId)
  return {
    ChallengeName: name,
    Session: sessionFor({ ...state, at: name, then }),
    ChallengeParameters: { USER_ID_FOR_SRP: state.user.id, ...parametersOf[name], ...state.user.parameters },
  }
}

const verify = (user, clientId, srpA) => {
  const A = BigInt('0x' + srpA)
  must(A % N !== 0n, 'InvalidParameterException', 'SRP_A')
  const v = verifierOf(user)
  const b = big(randomBytes(128))
  const B = (k * v + power(g, b, N)) % N
  const block = randomBytes(300).toString('base64')
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    Session: sessionFor({ at: 'PASSWORD_VERIFIER', user, clientId, A, b, B, v, block, then: user.then }),
    ChallengeParameters: { SALT: user.salt.toString(16), SRP_B: B.toString(16), SECRET_BLOCK: block, USER_ID_FOR_SRP: user.id, USERNAME: user.id },
  }
}

const operations = {
  async InitiateAuth({ AuthFlow, ClientId, AuthParameters }) {
    const renewed = AuthFlow === 'REFRESH_TOKEN_AUTH' && refreshTokens.get(AuthParameters.REFRESH_TOKEN)
    const client = checkSecret(ClientId, renewed ? renewed.user.id : AuthParameters.USERNAME ?? '', AuthParameters.SECRET_HASH)
    if (AuthFlow === 'REFRESH_TOKEN_AUTH') {
      must(!client.rotates, 'InvalidParameterException', 'Refresh token rotation is enabled for this client.')
      const kept = refreshTokens.get(AuthParameters.REFRESH_TOKEN)
      must(kept, 'NotAuthorizedException', 'Invalid Refresh Token')
      return tokensFor(kept.user, ClientId, true)
    }
    const user = users[AuthParameters.USERNAME]
    if (AuthFlow === 'USER_PASSWORD_AUTH') {
      must(client.forbidsSrp && !client.isCustom && !client.isChoice, 'InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client')
      must(user && AuthParameters.PASSWORD === (user.password ?? password), 'NotAuthorizedException', 'Incorrect username or password.')
      return next({ user, clientId: ClientId, then: user.then })
    }
    if (AuthFlow === 'USER_AUTH') {
      must(client.isChoice, 'InvalidParameterException', 'USER_AUTH flow not enabled for this client')
      must(user, 'NotAuthorizedException', 'Incorrect username or password.')
      const AvailableChallenges = user.available ?? ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP']
      return { ...(await next({ user, clientId: ClientId, then: ['SELECT_CHALLENGE', ...user.then] })), AvailableChallenges }
    }
    const isCustom = AuthFlow === 'CUSTOM_AUTH' && client.isCustom && AuthParameters.CHALLENGE_NAME === 'SRP_A'
    must(isCustom || (AuthFlow === 'USER_SRP_AUTH' && !client.forbidsSrp), 'InvalidParameterException', `${AuthFlow} is not enabled for the client.`)
    must(user, 'NotAuthorizedException', 'Incorrect username or password.')
    return verify(user, ClientId, AuthParameters.SRP_A)
  },

  async RespondToAuthChallenge({ ClientId, ChallengeName, Session, ChallengeResponses: told }) {
    checkSecret(ClientId, told.USERNAME, told.SECRET_HASH)
    const state = takeSession(Session)
    must(state.at === ChallengeName && state.user.id === told.USERNAME, 'NotAuthorizedException', 'Invalid session for the user.')
    const again = (type, message) => {
      sessions.set(Session, state)
      throw new Refusal(type, message)
    }
    switch (ChallengeName) {
      case 'PASSWORD_VERIFIER': {
        const u = big(sha256(padded(state.A), padded(state.B)))
        const S = power(state.A * power(state.v, u, N), state.b, N)
        const key = hmac(hmac(padded(u), padded(S)), 'Caldera Derived Key\u0001').subarray(0, 16)
        const signature = hmac(key, poolName, state.user.id, Buffer.from(state.block, 'base64'), told.TIMESTAMP).toString('base64')
        must(/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d UTC \d{4}$/.test(told.TIMESTAMP), 'InvalidParameterException', 'TIMESTAMP format')
        must(told.PASSWORD_CLAIM_SECRET_BLOCK === state.block && signature === told.PASSWORD_CLAIM_SIGNATURE, 'NotAuthorizedException', 'Incorrect username or password.')
        break
      }
      case 'EMAIL_OTP':
        if (told.EMAIL_OTP_CODE !== '123456') again('CodeMismatchException', 'Invalid code received for user')
        break
      case 'SMS_MFA':
        if (told.SMS_MFA_CODE !== '123456') again('CodeMismatchException', 'Invalid code received for user')
        break
      case 'SELECT_CHALLENGE':
        must((state.user.available ?? ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP']).includes(told.ANSWER), 'InvalidParameterException', 'ANSWER')
        if (told.ANSWER === 'PASSWORD_SRP') return verify(state.user, ClientId, told.SRP_A)
        if (told.ANSWER === 'PASSWORD') must(told.PASSWORD === (state.user.password ?? password), 'NotAuthorizedException', 'Incorrect username or password.')
        else return next({ ...state, then: [told.ANSWER, ...state.then] })
        break
      case 'SELECT_MFA_TYPE':
        must(told.ANSWER === 'SMS_MFA', 'InvalidParameterException', 'ANSWER')
        break
      case 'NEW_PASSWORD_REQUIRED':
        if (told.NEW_PASSWORD.length < 8) again('InvalidPasswordException', 'Password did not conform with policy: Password not long enough')
        must(told['userAttributes.name'], 'InvalidParameterException', 'Missing required attribute name')
        state.user.password = told.NEW_PASSWORD
        break
      case 'MFA_SETUP':
        must(state.isVerified, 'InvalidParameterException', 'The software token is not verified.')
        break
      case 'CUSTOM_CHALLENGE':
        must(told.ANSWER === 'swordfish', 'NotAuthorizedException', 'Incorrect username or password.')
        break
      default:
        throw new Refusal('InvalidParameterException', ChallengeName)
    }
    return next(state)
  },

  async AssociateSoftwareToken({ Session, ...more }) {
    must(!Object.keys(more).length, 'SerializationException', 'unknown member')
    const state = takeSession(Session)
    return { SecretCode: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', Session: sessionFor(state) }
  },
  async VerifySoftwareToken({ Session, UserCode, FriendlyDeviceName, ...more }) {
    must(!Object.keys(more).length, 'SerializationException', 'unknown member')
    const state = takeSession(Session)
    if (UserCode !== '123456') {
      sessions.set(Session, state)
      throw new Refusal('EnableSoftwareTokenMFAException', 'Code mismatch')
    }
    return { Status: 'SUCCESS', Session: sessionFor({ ...state, isVerified: true }) }
  },

  async GetTokensFromRefreshToken({ RefreshToken, ClientId, ClientSecret }) {
    must(!process.env.OLDER, 'UnknownOperationException', 'unknown')
    if (slowness) await new Promise((go) => setTimeout(go, slowness))
    const client = clients[ClientId]
    must(client && (client.secret ?? undefined) === ClientSecret, 'NotAuthorizedException', 'client secret')
    const kept = refreshTokens.get(RefreshToken)
    must(!process.env.FORGETS && kept && kept.clientId === ClientId, 'NotAuthorizedException', 'Invalid Refresh Token')
    must(!kept.isUsed, 'RefreshTokenReuseException', 'Refresh token has been invalidated by a previous use.')
    if (client.rotates) kept.isUsed = true
    calls.renewed = (calls.renewed ?? 0) + 1
    return tokensFor(kept.user, ClientId, !client.rotates)
  },
  async RevokeToken({ Token, ClientId, ClientSecret }) {
    if (process.env.NEVER_REVOKES) await new Promise(() => {})
    must(clients[ClientId] && clients[ClientId].secret === ClientSecret, 'NotAuthorizedException', 'client secret')
    if (refreshTokens.delete(Token)) calls.revoked = (calls.revoked ?? 0) + 1
    return {}
  },
}

const server = http.createServer(async (request, response) => {
  if (request.url === '/test/calls') return response.end(JSON.stringify(calls))
  if (request.url.startsWith('/test/life/')) {
    lifetime = Number(request.url.split('/').pop())
    return response.end()
  }
  if (request.url.startsWith('/test/slow/')) {
    slowness = Number(request.url.split('/').pop())
    return response.end()
  }
  if (request.url === '/test/forget') {
    refreshTokens.clear()
    return response.end()
  }
  if (request.method === 'GET' && request.url === `/${pool}/.well-known/jwks.json`) {
    response.setHeader('content-type', 'application/json')
    return response.end(JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'pool-1', alg: 'RS256', use: 'sig' }] }))
  }
  const pieces = []
  request.on('data', (piece) => pieces.push(piece))
  request.on('end', async () => {
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    try {
      const name = (request.headers['x-amz-target'] ?? '').split('.')[1]
      const operation = operations[name]
      must(operation, 'UnknownOperationException', 'unknown')
      calls[name] = (calls[name] ?? 0) + 1
      must(request.headers['content-type'] === 'application/x-amz-json-1.1', 'SerializationException', 'type')
      response.end(JSON.stringify(await operation(JSON.parse(Buffer.concat(pieces).toString()))))
    } catch (error) {
      response.statusCode = error instanceof Refusal ? 400 : 500
      response.end(JSON.stringify({ __type: error.type ?? 'InternalErrorException', message: error.message }))
    }
  })
})
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
