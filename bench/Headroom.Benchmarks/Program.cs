using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Headroom.Benchmarks;
using Headroom.Benchmarks.Proxy;
using Headroom.Benchmarks.Stores;

// "quick" prints a table of MB/s within seconds, "calls" what one more call of a conversation costs, "stores" compares stores of originals, "proxy"
// shows what the proxy adds to a request; anything else goes to BenchmarkDotNet (try: --filter *Token*).
if (args is ["quick", ..])
{
    QuickReport.Print(args.Length > 1 ? args[1] : "");
    return;
}

if (args is ["calls", ..])
{
    CallReport.Print(args.Length > 1 ? args[1] : "");
    return;
}

if (args is ["stores", ..])
{
    await StoreReport.PrintAsync(args.Length > 1 ? args[1] : "");
    return;
}

if (args is ["proxy", ..])
{
    ProxyReport.Print();
    return;
}

// Every run builds the engine again; on a busy machine the default of two minutes is not enough.
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10));
BenchmarkSwitcher.FromAssembly(typeof(QuickReport).Assembly).Run(args, config);
