using Headroom.Cli.Doctor;

namespace Headroom.Cli.Tests.Doctor;

/// <summary>No check can fail the report or hold it up.</summary>
public sealed class DoctorReportTests
{
    private sealed class FakeCheck(CheckGroup group, Func<CancellationToken, Task<IReadOnlyList<Finding>>> look) : ICheck
    {
        public CheckGroup Group => group;

        public string Subject => "what a test made up";

        public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => look(cancellationToken);
    }

    [Fact]
    public async Task A_check_that_throws_hangs_or_blocks_becomes_a_warning_and_the_others_are_reported_in_order()
    {
        using var never = new ManualResetEventSlim();
        DoctorReport report = await DoctorReport.MakeAsync(
            [
                new FakeCheck(CheckGroup.Cache, _ => Task.FromResult<IReadOnlyList<Finding>>([Finding.Problem("last", "mend it")])),
                new FakeCheck(CheckGroup.Tool, _ => throw new InvalidOperationException("a secret")),
                new FakeCheck(CheckGroup.Store, async stop =>
                {
                    await Task.Delay(Timeout.Infinite, stop);
                    return [];
                }),
                new FakeCheck(CheckGroup.Proxy, _ =>
                {
                    never.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
                    return Task.FromResult<IReadOnlyList<Finding>>([]);
                }),
            ],
            new DoctorContext(),
            TimeSpan.FromSeconds(3),
            CancellationToken.None);
        never.Set();
        Assert.Equal([CheckGroup.Tool, CheckGroup.Store, CheckGroup.Proxy, CheckGroup.Cache], report.Findings.Select(f => f.Group));
        Assert.Equal("what a test made up could not be looked at (InvalidOperationException)", report.Findings[0].Finding.Text); // its message may hold what it read
        Assert.All(report.Findings.Skip(1).Take(2), f => Assert.StartsWith("what a test made up could not be looked at within", f.Finding.Text, StringComparison.Ordinal));
        Assert.Equal((1, 3), (report.Problems, report.Warnings));
    }
}
