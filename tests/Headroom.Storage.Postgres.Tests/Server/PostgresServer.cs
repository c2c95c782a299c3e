using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Headroom.Storage.Postgres.Server;

/// <summary>A PostgreSQL server of a test's own, on loopback, in a temporary folder. Stops when it is disposed of, and when this process ends, however it ends.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string User = "headroom";

    /// <summary>A shell that ends the server when its input is closed, as the system does when this process ends. Unless it was told to keep them, it removes the files too.</summary>
    private const string Guard =
        """
        folder=$1; shift
        "$@" <&- 2>>"$folder/server.log" & server=$!
        while read -r line; do keep=$line; done
        kill -INT $server 2>/dev/null; wait $server
        [ -n "$keep" ] || rm -rf "$folder"
        """;

    /// <summary>Nothing needs to survive the end of the power here.</summary>
    private static readonly string[] s_settings = ["listen_addresses=127.0.0.1", "fsync=off", "max_connections=200"];

    private readonly string _folder;
    private readonly string _program;
    private string _password = Guid.NewGuid().ToString("n");
    private readonly string[] _settings;
    private Process? _process;

    private PostgresServer(string program, string[] settings)
    {
        _program = program;
        _settings = settings;
        _folder = Directory.CreateTempSubdirectory("headroom-postgres-").FullName;
        Port = FreePort();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>How to connect. No encryption, so that a proxy may cut what goes over the wire at any byte.</summary>
    public string ConnectionString => ConnectionTo(Port);

    /// <summary>The password, which must never be seen anywhere.</summary>
    public string Password => _password;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts a new server.</summary>
    /// <param name="settings">More settings, as <c>name=value</c>.</param>
    /// <exception cref="InvalidOperationException">None can be started here; the message says why.</exception>
    public static PostgresServer Start(params string[] settings)
    {
        var server = new PostgresServer(FindPrograms(), settings);
        try
        {
            server.Create();
            server.StartAgain();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts a server that follows this one and can only be read.</summary>
    public PostgresServer StartReplica()
    {
        var replica = new PostgresServer(_program, []) { _password = _password };
        replica.TakeFolder();
        RunTool("pg_basebackup", "-d", $"host=127.0.0.1 port={Port} user={User}", "-D", replica.Data, "-R", "--checkpoint=fast", "--no-sync");
        replica.StartAgain();
        return replica;
    }

    /// <summary>The statements that make a schema with all it holds.</summary>
    public string Dump(string schema)
    {
        string dump = RunTool("pg_dump", "-h", "127.0.0.1", "-p", $"{Port}", "-U", User, "-d", "postgres", "-n", schema, "--inserts", "--no-owner", "--no-comments");
        // Comments, commands of the shell that usually reads this, and settings that would outlive the statements.
        IEnumerable<string> lines = dump.Split('\n').Where(l => l.Length > 0 && !l.StartsWith("--", StringComparison.Ordinal) && l[0] != '\\'
            && !l.StartsWith("SET ", StringComparison.Ordinal) && !l.StartsWith("SELECT pg_catalog.set_config", StringComparison.Ordinal));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Makes a replica a server of its own.</summary>
    public void Promote()
    {
        Execute("SELECT pg_promote()");
        WaitUntilReady();
    }

    public string ConnectionTo(int port) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = User,
        Password = _password,
        Database = "postgres",
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Timeout = 15,
    }.ConnectionString;

    /// <summary>Starts the server again after <see cref="Kill"/> or <see cref="Stop"/>, and waits until it answers.</summary>
    public void StartAgain()
    {
        // Right after a kill, what is left of the old server may still hold its memory.
        string log = "";
        for (int attempt = 0; attempt < 20; attempt++)
        {
            string[] settings = [$"port={Port}", $"unix_socket_directories={_folder}", .. s_settings, .. _settings];
            _process = Process.Start(AsServerUser(["sh", "-c", Guard, "sh", _folder, Path.Combine(_program, "postgres"), "-D", Data, .. settings.SelectMany(s => new[] { "-c", s })]))!;
            var waited = Stopwatch.StartNew();
            while (waited.Elapsed < TimeSpan.FromSeconds(60) && (ServerId() is not null || waited.Elapsed < TimeSpan.FromSeconds(2)))
            {
                if (Answers()) return;
                Thread.Sleep(20);
            }

            string file = Path.Combine(_folder, "server.log");
            log = File.Exists(file) ? File.ReadAllText(file) : "";
            Stop();
        }

        throw new InvalidOperationException("The server does not start: " + log);
    }

    /// <summary>Kills the whole server, as a power failure would: SIGKILL, no time to say anything.</summary>
    public void Kill()
    {
        if (ServerId() is { } id) KillAll([id, .. ChildrenOf(id)]);
        Stop();
    }

    /// <summary>Kills the processes that serve connections, not the server; it recovers by itself.</summary>
    public void KillConnections()
    {
        if (ServerId() is { } id) KillAll([.. ChildrenOf(id).Where(c => CommandOf(c).Contains("127.0.0.1", StringComparison.Ordinal))]);
    }

    /// <summary>Stops the server in good order.</summary>
    public void Stop()
    {
        if (_process is not { HasExited: false }) return;
        _process.StandardInput.Write("keep\n");
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Waits until the server answers again.</summary>
    public void WaitUntilReady()
    {
        for (int i = 0; !Answers(); i++)
        {
            if (i > 1_500) throw new InvalidOperationException("The server did not recover.");
            Thread.Sleep(20);
        }
    }

    /// <summary>Runs a statement as an administrator would.</summary>
    public void Execute(string sql)
    {
        using NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    /// <summary>The first value a statement answers.</summary>
    public T Ask<T>(string sql)
    {
        using NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = Command(connection, sql);
        return (T)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
        }

        _process?.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private static string FindPrograms()
    {
        string[] folders = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return folders.Select(f => Path.Combine(f, "bin")).Where(f => File.Exists(Path.Combine(f, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new InvalidOperationException("There is no PostgreSQL server on this machine (Debian: apt-get install postgresql).");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The server's user owns what the server writes.</summary>
    private void TakeFolder()
    {
        if (Environment.UserName == "root") Run(new ProcessStartInfo("chown", ["-R", "postgres", _folder]));
    }

    private void Create()
    {
        string passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, _password);
        TakeFolder();
        Run(AsServerUser(Path.Combine(_program, "initdb"), "-D", Data, "-U", User, "--auth=scram-sha-256", "--pwfile=" + passwordFile, "--no-sync", "--encoding=UTF8", "--locale=C"));
    }

    /// <summary>The server refuses to run as root, so another user runs it: the one that the package made.</summary>
    private static ProcessStartInfo AsServerUser(params string[] command)
    {
        string[] all = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. command] : command;
        return new ProcessStartInfo(all[0], all[1..]) { RedirectStandardInput = true, WorkingDirectory = "/" };
    }

    private string RunTool(string tool, params string[] arguments)
    {
        ProcessStartInfo start = AsServerUser([Path.Combine(_program, tool), .. arguments]);
        start.Environment["PGPASSWORD"] = _password;
        return Run(start);
    }

    private static string Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException(start.FileName + " does not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException($"{start.FileName} failed: {output.Result} {errors}");
    }

    private int? ServerId()
    {
        string file = Path.Combine(Data, "postmaster.pid");
        try
        {
            int id = int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
            return Directory.Exists($"/proc/{id}") ? id : null;
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static int[] ChildrenOf(int parent)
    {
        List<int> children = [];
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out int id)) continue;
            try
            {
                string stat = File.ReadAllText(Path.Combine(folder, "stat"));
                if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == parent.ToString(CultureInfo.InvariantCulture)) children.Add(id);
            }
            catch (IOException)
            {
                // It has just ended.
            }
        }

        return [.. children];
    }

    private static string CommandOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static void KillAll(int[] ids)
    {
        foreach (int id in ids)
        {
            try
            {
                Process.GetProcessById(id).Kill();
            }
            catch (ArgumentException)
            {
                // It has just ended.
            }
        }

        foreach (int id in ids)
        {
            while (Directory.Exists($"/proc/{id}") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal)) Thread.Sleep(5);
        }
    }

    private bool Answers()
    {
        try
        {
            return Ask<int>("SELECT 1") == 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Options=-c default_transaction_read_only=off");
        connection.Open();
        return connection;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Statements of tests.
        return new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
    }
}
