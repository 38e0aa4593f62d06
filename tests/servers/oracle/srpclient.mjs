// SPDX-License-Identifier: Apache-2.0
// Signs in to our user pool stand-in with the client that AWS published, so that the stand-in's side of
// SRP is proven by somebody else. Prints what each sign-in came to.
import cognito from 'amazon-cognito-identity-js'

const [endpoint, count] = process.argv.slice(2)
const pool = new cognito.CognitoUserPool({ UserPoolId: 'us-east-1_AbCdEfGhI', ClientId: 'public', endpoint })
const signIn = (name, password) =>
  new Promise((resolve) => {
    const user = new cognito.CognitoUser({ Username: name, Pool: pool })
    user.authenticateUser(new cognito.AuthenticationDetails({ Username: name, Password: password }), {
      onSuccess: (session) => resolve(session.getAccessToken().decodePayload().token_use),
      onFailure: (error) => resolve(error.code ?? error.name ?? String(error)),
    })
  })
for (let i = 0; i < Number(count); i++) console.log(await signIn('ann@example.com', 'Correct-Horse-9 é'))
console.log(await signIn('ann@example.com', 'wrong'))
