import { PROJECT, TestCloud } from "./support/testCloud";

const ACCOUNT = `deployer@${PROJECT}.iam.gserviceaccount.com`;
const USERINFO = "https://openidconnect.googleapis.com/v1/userinfo";
const TOKENINFO = "https://oauth2.googleapis.com/tokeninfo";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start([]);
});
afterEach(() => cloud.stop());

async function tokenOfAccount(): Promise<string> {
  const { json } = await cloud.call("PUT", `/admin/callers/${ACCOUNT}`, { grants: [] });
  return String(json.accessToken);
}

it("whoever has a token is told by address", async () => {
  expect(await cloud.run("GET", USERINFO)).toMatchObject({ email: "owner@example.com" });
  expect(await cloud.google(await tokenOfAccount()).call("GET", USERINFO)).toEqual({
    sub: expect.stringMatching(/^\d+$/),
    email: ACCOUNT,
    email_verified: true,
  });
});

it.each(["GET", "POST"])("a token says whose it is: %s", async (verb) => {
  const token = await tokenOfAccount();
  const told = { email: ACCOUNT, email_verified: "true", expires_in: "3599" };
  expect(await cloud.run(verb, `${TOKENINFO}?access_token=${token}`)).toMatchObject(told);
  expect(await cloud.google(token).call(verb, TOKENINFO)).toMatchObject(told);
});

it("a token of nobody is none", async () => {
  expect(await cloud.call("GET", `${TOKENINFO}?access_token=x`)).toEqual({
    status: 400,
    json: { error: "invalid_token", error_description: "Invalid Value" },
  });
  expect(await cloud.callAs("x", "GET", USERINFO)).toEqual({
    status: 401,
    json: { error: "invalid_request", error_description: "Invalid Credentials" },
  });
});
