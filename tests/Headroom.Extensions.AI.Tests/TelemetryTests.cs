using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

public sealed class TelemetryTests
{
    private const string Secret = "hush-hush";

    [Fact]
    public async Task Items_tokens_and_retrievals_are_counted_without_content()
    {
        ConcurrentBag<(string Name, long Value, string Tags)> measured = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Headroom") l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            measured.Add((instrument.Name, value, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}")))));
        listener.Start();
        ConcurrentBag<Activity> activities = [];
        using var activityListener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Headroom",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(activityListener);
        var logs = new LogList();
        string text = NumberedLinesCompressor.Text(300, Secret);
        var model = new ScriptedChatClient().Calls(CallRows()).Retrieves("c2").Says("done");
        var compressor = new ConversationCompressor(
            new HeadroomOptions { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 100 }, compressors: [new Named(new NumberedLinesCompressor())]);
        using var parent = new Activity("test").Start();

        using var client = new FunctionInvokingChatClient(new HeadroomChatClient(model, compressor, logs));
        await client.GetResponseAsync([User()], Options(RowsTool(text)));

        var items = measured.Where(m => m.Tags.Contains("headroom.kind=telemetry", StringComparison.Ordinal)).ToArray();
        Assert.Equal(1, items.Single(m => m.Name == "headroom.items").Value); // counted once, though sent three times
        Assert.Contains("headroom.form=elided", items.Single(m => m.Name == "headroom.items").Tags, StringComparison.Ordinal);
        Assert.Contains("headroom.reason=Compressed", items.Single(m => m.Name == "headroom.items").Tags, StringComparison.Ordinal);
        long before = items.Single(m => m.Name == "headroom.tokens.before").Value, after = items.Single(m => m.Name == "headroom.tokens.after").Value;
        Assert.InRange(after, 1, before - 1);
        Assert.Contains(measured, m => m.Name == "headroom.retrievals" && m.Tags == "headroom.result=found_in_conversation");

        Activity[] own = [.. activities.Where(a => a.TraceId == parent.TraceId)];
        Assert.Equal(2, own.Count(a => a.OperationName == "headroom.compress"));
        Assert.Single(own, a => a.OperationName == "headroom.retrieve");
        Assert.Contains(own, a => (int?)a.GetTagItem("headroom.items.changed") == 1);

        Assert.NotEmpty(logs.Lines);
        string everything = string.Join('\n', measured.Select(m => m.Tags).Concat(own.SelectMany(a => a.TagObjects).Select(t => $"{t.Value}")).Concat(logs.Lines));
        Assert.DoesNotContain(Secret, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_are_logged_and_counted()
    {
        long failures = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument is { Meter.Name: "Headroom", Name: "headroom.failures" }) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref failures, value));
        listener.Start();
        var logs = new LogList();
        var client = new HeadroomChatClient(new ScriptedChatClient().Says("done"), null, logs) { ScopeSelector = _ => throw new InvalidOperationException("on purpose") };

        await client.GetResponseAsync([User()]);

        Assert.InRange(failures, 1, long.MaxValue);
        Assert.Contains(logs.Lines, l => l.StartsWith("Warning Compression failed", StringComparison.Ordinal));
    }

    /// <summary>A compressor under a name of its own, so that its measurements can be told from those of tests that run beside.</summary>
    private sealed class Named(ContentCompressor inner) : ContentCompressor
    {
        public override string Name => "telemetry";

        public override double Probe(ReadOnlySpan<char> sample) => inner.Probe(sample);

        public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => inner.TryExpand(text, out original);

        protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) => inner.Reformat(request);

        protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => inner.Elide(request, budget);
    }

    private sealed class LogList : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
