using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Headroom.Tokens;

namespace Headroom.Core.Tests.Tokens;

public sealed class TokenEstimatorTests
{
    private static readonly TokenEstimator Estimator = TokenEstimator.Instance;

    [Fact]
    public void Says_that_it_estimates()
    {
        Assert.True(Estimator.IsEstimate);
        Assert.Contains("estimated", Estimator.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_zero_for_an_empty_text_and_at_least_one_for_any_other()
    {
        Assert.Equal(0, Estimator.Count(""));
        for (int unit = 0; unit <= char.MaxValue; unit++) Assert.InRange(Estimator.Count([(char)unit]), 1, 3);
    }

    [Fact]
    public void Never_falls_when_text_is_added() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((text, more) => Estimator.Count(text.Get) <= Estimator.Count(text.Get + more.Get))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("json")]
    [InlineData("log")]
    [InlineData("code")]
    [InlineData("prose")]
    public void Is_within_a_quarter_of_the_exact_count(string kind)
    {
        var text = new StringBuilder();
        for (int i = 0; i < 200; i++)
        {
            text.Append(kind switch
            {
                "json" => $"{{\"id\": {i * 7919}, \"name\": \"Order {i}\", \"status\": \"open\", \"total\": {i * 1.25:0.00}, \"tags\": [\"new\", \"paid\"]}},\n",
                "log" => $"2026-03-04T09:{i / 60:00}:{i % 60:00}.123Z INFO  http - GET /api/orders/{i * 31} 200 in {i % 17} ms\n",
                "code" => $"    public int Total{i}(Order order) => order.Lines.Where(line => line.Quantity > {i}).Sum(line => line.Price);\n",
                _ => "The committee met in the morning to discuss the report, and agreed that another review would be needed before spring.\n",
            });
        }

        double exact = O200kTokenCounter.Instance.Count(text.ToString());
        Assert.InRange(Estimator.Count(text.ToString()) / exact, 0.75, 1.25);
    }

    [Fact]
    public void Allocates_nothing()
    {
        string text = new('x', 10_000);
        Estimator.Count(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Estimator.Count(text);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
