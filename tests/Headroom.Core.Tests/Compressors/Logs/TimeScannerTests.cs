using Headroom.Compressors.Logs;

namespace Headroom.Tests.Compressors.Logs;

public sealed class TimeScannerTests
{
    [Theory]
    [InlineData("2026-03-04T09:00:01.123Z x", "2026-03-04T09:00:01.123")]
    [InlineData("[2026-03-04 09:00:01,5] x", "2026-03-04 09:00:01,5")]
    [InlineData("Mar  4 09:00:01 host", "Mar  4 09:00:01")]
    [InlineData("at [17/May/2015:10:05:03 +0000]", "17/May/2015:10:05:03")]
    [InlineData("17/06/09 20:10:40 INFO", "17/06/09 20:10:40")]
    [InlineData("I0304 09:00:01.000123 1 main.go", "0304 09:00:01.000123")]
    [InlineData("took 00:00:06.88", "00:00:06.88")]
    [InlineData("worker 3 09:00:01", "09:00:01")]
    public void Finds_times_as_logs_spell_them(string line, string time)
    {
        Assert.True(TimeScanner.TryFind(line, 0, out int start, out int length));
        Assert.Equal(time, line.Substring(start, length));
        Assert.True(TimeScanner.IsTime(time));
    }

    [Theory]
    [InlineData("1:02:03")]
    [InlineData("aa:bb:cc")]
    [InlineData("00:1a:2b:3c")]
    [InlineData("x10:00:00")]
    [InlineData("::::")]
    public void Leaves_other_colons_alone(string line) => Assert.False(TimeScanner.TryFind(line, 0, out _, out _));

    [Theory]
    [InlineData("2026-03-04T09:00:01", "2026-03-04T09:00:07", "07")]
    [InlineData("2026-03-04T09:00:01", "2026-03-04T09:12:01", "12:01")]
    [InlineData("2026-03-04T09:00:01.5", "2026-03-05T00:00:00.1", "05T00:00:00.1")]
    [InlineData("Mar 31 23:59:59", "Apr 01 00:00:00", "Apr 01 00:00:00")]
    [InlineData("09:00:01.1", "09:00:01.12", "12")]
    public void The_changed_end_begins_at_a_component_and_applies_back(string previous, string current, string changed)
    {
        Assert.Equal(changed, current[TimeScanner.ChangedFrom(previous, current)..]);
        Assert.True(TimeScanner.TryApply(previous, changed, out int keep));
        Assert.Equal(current, previous[..keep] + changed);
    }
}
