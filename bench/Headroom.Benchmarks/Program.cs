using BenchmarkDotNet.Running;
using Headroom.Benchmarks;

// "quick" prints a table of MB/s within seconds; anything else goes to BenchmarkDotNet (try: --filter *Token*).
if (args is ["quick", ..])
{
    QuickReport.Print(args.Length > 1 ? args[1] : "");
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(QuickReport).Assembly).Run(args);
