// What the stack and the solutions say alike: the pattern that is looked for, and the metric that it is counted as.

/** The root user did something itself (no service in its name), or somebody logged in without a second factor. */
export const WORRYING =
  '{ ($.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent") || ' +
  '($.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed != "Yes") }';

export const METRIC = 'WorryingEvents';
/** Seconds. */
export const PERIOD = 300;

/** What the dashboard shows. */
export const dashboardBody = (region: string, namespace: string): object => ({
  widgets: [
    {
      type: 'metric',
      x: 0,
      y: 0,
      width: 12,
      height: 6,
      properties: {
        title: 'Root user, and logins without a second factor',
        region,
        stat: 'Sum',
        period: PERIOD,
        metrics: [[namespace, METRIC]],
      },
    },
  ],
});
