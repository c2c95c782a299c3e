using System.Diagnostics;

namespace Headroom.Benchmarks.Proxy;

/// <summary>The tool's proxy as a process of its own, with originals in a folder of its own.</summary>
internal sealed class ProxyProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-bench-").FullName;
    private readonly Process _process;

    public ProxyProcess(Uri provider)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        foreach (string argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "headroom.dll"), "proxy", "--port", "0", "--upstream", provider.ToString()]) start.ArgumentList.Add(argument);
        start.Environment["XDG_DATA_HOME"] = _folder;
        _process = Process.Start(start)!;
        string line = _process.StandardError.ReadLine() ?? throw new InvalidOperationException("The proxy did not start.");
        int at = line.IndexOf("http://", StringComparison.Ordinal);
        Address = new Uri(line[at..line.IndexOf(',', at)]);
    }

    public Uri Address { get; }

    /// <summary>Memory it holds, in MB.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Processor time it has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
