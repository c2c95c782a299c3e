using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Headroom.Tokens;

namespace Headroom.Benchmarks.Proxy;

/// <summary>What the proxy adds to a request: a growing conversation sent directly and through the proxy in turn, over loopback, to a provider that answers at once.</summary>
internal static class ProxyReport
{
    /// <summary>Conversations of a row, and requests measured in each: few enough that the history stays about as long, so many in all that there is a 99th percentile.</summary>
    private const int Conversations = 8, Requests = 25;

    /// <summary>Requests before, for the compilers and connections on both sides.</summary>
    private const int WarmUp = 1_000;

    /// <summary>Bytes of the history where measuring begins: with what the requests add, some 20,000, 100,000 and 400,000 tokens in the middle.</summary>
    private static readonly int[] Sizes = [20_000, 250_000, 1_150_000];

    public static void Print()
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {Conversations * Requests} requests a row, each with one new tool result");
        Console.WriteLine();
        Console.WriteLine("| tokens | body, KB | sent, KB | direct, ms: p50 | p99 | proxy, ms: p50 | p99 | added, ms: p50 | p99 | processor, ms | first sight, ms | memory, MB |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (int size in Sizes) Measure(size);
    }

    private static void Measure(int size)
    {
        using var provider = new IdleProvider();
        using var proxy = new ProxyProcess(provider.Address);
        using var client = new HttpClient();
        Uri direct = new(provider.Address, "/v1/messages"), through = new(proxy.Address, "/v1/messages");
        AgentRequests small = new("");
        for (int i = 0; i < WarmUp; i++)
        {
            if (i % Requests == 0) small = new AgentRequests($"warm-up {i}");
            Both(small.Next());
        }

        List<double> first = [], alone = [], proxied = [], added = [];
        TimeSpan processor = TimeSpan.Zero;
        byte[] body = [];
        for (int conversation = 0; conversation < Conversations; conversation++)
        {
            var requests = new AgentRequests($"conversation {conversation}");
            while (body.Length < size || requests.IsNew) body = requests.Next();
            first.Add(Send(client, through, body));
            TimeSpan before = proxy.Processor;
            for (int i = 0; i < Requests; i++)
            {
                body = requests.Next();
                (double without, double with) = Both(body);
                alone.Add(without);
                proxied.Add(with);
                added.Add(with - without);
            }

            processor += proxy.Processor - before;
        }

        long received = provider.Received;
        Send(client, through, body);
        Console.WriteLine(
            $"| {O200kTokenCounter.Instance.Count(Encoding.UTF8.GetString(body)),7:N0} | {body.Length / 1000,5:N0} | {(provider.Received - received) / 1000,5:N0} | {At(alone, 50),6:0.00} | {At(alone, 99),6:0.00} | {At(proxied, 50),6:0.00} | {At(proxied, 99),6:0.00} "
            + $"| {At(added, 50),6:0.00} | {At(added, 99),6:0.00} | {processor.TotalMilliseconds / alone.Count,6:0.00} | {At(first, 50),6:0} | {proxy.Megabytes,5:0} |");

        (double Without, double With) Both(byte[] request)
        {
            double without = Send(client, direct, request);
            return (without, Send(client, through, request));
        }
    }

    private static double Send(HttpClient client, Uri address, byte[] body)
    {
        long started = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } } };
        using HttpResponseMessage response = client.Send(request);
        response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double At(List<double> values, int percent) => values.Order().ElementAt(Math.Min(values.Count - 1, values.Count * percent / 100));
}
