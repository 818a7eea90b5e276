import { type Case, linesOf, refusing } from "./support/refused";

const CHANNEL =
  "projects/<project>/notificationChannels/<id>, as `gcloud beta monitoring channels list` shows its name";

describe("the configuration of monitoring", () => {
  test.each<Case>([
    [
      "notification channels by title, of a placeholder, and twice",
      {
        monitoring: {
          notificationChannels: [
            "on-call",
            "projects/<project>/notificationChannels/1",
            "projects/my-project/notificationChannels/1",
            "projects/my-project/notificationChannels/1",
          ],
        },
      },
      [
        `monitoring.notificationChannels[0]: got "on-call"; allowed: ${CHANNEL}`,
        `monitoring.notificationChannels[1]: got "projects/<project>/notificationChannels/1"; allowed: ${CHANNEL}`,
        'monitoring.notificationChannels[3]: got "projects/my-project/notificationChannels/1"; allowed: each channel once',
      ],
    ],
    [
      "monitoring that is no map",
      { monitoring: true },
      "monitoring: got true; allowed: keys with values",
    ],
    [
      "an unknown setting of monitoring",
      { monitoring: { channels: [] } },
      "monitoring.channels: unknown key; allowed: notificationChannels",
    ],
  ])("refuses %s", (_, config, problems) => {
    expect(linesOf(config)).toEqual(refusing(problems));
  });
});
