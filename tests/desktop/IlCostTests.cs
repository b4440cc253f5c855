using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using MeshNode.IlCost;
using nanoFramework.TestFramework;

namespace MeshNode
{
    /// <summary>
    /// What the hot operations cost on the interpreter: executed IL instructions and allocations. Exact, so the limits hold on any
    /// machine.
    /// </summary>
    [TestClass]
    public class IlCostTests
    {
        private static readonly OperationCosts s_costs = new OperationCosts(AppContext.BaseDirectory);

        [TestMethod]
        [DataRow("AES block", 1390)]
        [DataRow("CMAC 16", 1620)]
        [DataRow("CMAC 33", 4200)]
        [DataRow("CMAC 65", 6900)]
        [DataRow("CCM encrypt 380", 61000)]
        [DataRow("CCM decrypt 380", 61000)]
        [DataRow("network unsecure 29", 8000)]
        [DataRow("network secure 29", 8000)]
        [DataRow("network receive 29", 8230)]
        [DataRow("relay step 29", 16800)]
        [DataRow("duplicate refused", 100)]
        [DataRow("foreign NID refused", 100)]
        [DataRow("P-256 key pair", 1800000)]
        [DataRow("P-256 shared secret", 1800000)]
        public void HotOperation_StaysBelowItsLimitAndAllocatesNothing(string name, int limit)
        {
            Cost cost = s_costs.Measure(name);

            OutputHelper.WriteLine($"{name}: {cost.Instructions} of {limit}");
            Assert.IsTrue(cost.Instructions <= limit, $"{name}: {cost.Instructions} of {limit}");
            Assert.AreEqual(0L, cost.Allocations);
        }

        [TestMethod]
        public void KeyExpansion_AllocatesItsObjectOnly()
        {
            Cost cost = s_costs.Measure("AES key expansion");

            Assert.IsTrue(cost.Instructions <= 1020, cost.ToString());
            Assert.AreEqual(2L, cost.Allocations);
        }

        [TestMethod]
        public void P256_HasOnlyShortSteps()
        {
            CountedAssemblies assemblies = new CountedAssemblies(Path.Combine(AppContext.BaseDirectory, "MeshNode.Crypto.dll"));
            Type type = assemblies["MeshNode.Crypto"].GetType("MeshNode.Crypto.P256");
            object p256 = Activator.CreateInstance(type);
            Action<byte[], int> start = type.GetMethod("StartKeyPair").CreateDelegate<Action<byte[], int>>(p256);
            Func<int, bool> step = type.GetMethod("Step").CreateDelegate<Func<int, bool>>(p256);
            byte[] privateKey = new byte[32];
            Cost first = default;
            long most = 0;
            bool done;

            privateKey[31] = 1;
            start(privateKey, 0);
            step(1000);

            // Also: no step depends on the key.
            for (int i = 0; i < 2; i++, privateKey[0] = 0xA5)
            {
                Cost total = assemblies.Measure(() => start(privateKey, 0));

                Assert.IsTrue(total.Instructions <= 32000, $"start {total.Instructions}");

                do
                {
                    done = false;

                    Cost cost = assemblies.Measure(() => done = step(1));

                    most = Math.Max(most, cost.Instructions);
                    total += cost;
                }
                while (!done);

                Assert.AreEqual(0L, total.Allocations);
                Assert.IsTrue(i == 0 || total == first, $"{first} {total}");
                first = total;
            }

            OutputHelper.WriteLine($"most in a step {most}, all in single steps {first.Instructions}");
            Assert.IsTrue(most <= 9000, $"{most}");
        }

        [TestMethod]
        public void Baseline_IsCountedAsWell()
        {
            Assert.IsTrue(s_costs.Measure("AES block, bytewise").Instructions > 10000);
        }

        [TestMethod]
        public void Measure_CountsLoopsSwitchesAndHandlers()
        {
            string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".dll");

            WriteSample(path);

            try
            {
                CountedAssemblies assemblies = new CountedAssemblies(path);
                Type type = assemblies["Sample"].GetType("Sample");

                Check(assemblies, type, "Empty", 0, 1, 0);
                // Two before, five per round, three for each test, ret.
                Check(assemblies, type, "Loop", 0, 2 + 3 + 1, 0);
                Check(assemblies, type, "Loop", 5, 2 + 5 * 5 + 6 * 3 + 1, 0);
                // switch jumps: ldarg, switch, ldc, ret; it falls through: one br more.
                Check(assemblies, type, "Switch", 0, 4, 0);
                Check(assemblies, type, "Switch", 1, 4, 0);
                Check(assemblies, type, "Switch", 2, 5, 0);
                // ldc, stsfld, leave, [finally: ldc, stsfld, endfinally], ret.
                Check(assemblies, type, "Finally", 0, 7, 0);
                // newobj, throw, [catch: pop, leave], ret.
                Check(assemblies, type, "Catch", 0, 5, 1);
                // ceq has a two-octet code: ldarg, ldarg, ceq (2), pop, ldc, newarr, pop, ldarg, box, pop, ldstr, pop, ret.
                Check(assemblies, type, "Allocate", 0, 14, 3);
            }
            finally
            {
                File.Delete(path);
            }
        }

        private static void Check(CountedAssemblies assemblies, Type type, string method, int argument, long instructions, long allocations)
        {
            Action<int> action = type.GetMethod(method).CreateDelegate<Action<int>>();
            Cost cost = assemblies.Measure(() => action(argument));

            Assert.AreEqual(instructions, cost.Instructions, method);
            Assert.AreEqual(allocations, cost.Allocations, method);
        }

        private static void WriteSample(string path)
        {
            PersistedAssemblyBuilder assembly = new PersistedAssemblyBuilder(new AssemblyName("Sample"), typeof(object).Assembly);
            TypeBuilder type = assembly.DefineDynamicModule("Sample").DefineType("Sample", TypeAttributes.Public);
            FieldBuilder field = type.DefineField("s_field", typeof(int), FieldAttributes.Public | FieldAttributes.Static);

            ILGenerator empty = Method(type, "Empty");
            empty.Emit(OpCodes.Ret);

            ILGenerator loop = Method(type, "Loop");
            Label test = loop.DefineLabel();
            Label body = loop.DefineLabel();
            loop.DeclareLocal(typeof(int));
            loop.Emit(OpCodes.Nop);
            loop.Emit(OpCodes.Br_S, test);
            loop.MarkLabel(body);
            loop.Emit(OpCodes.Nop);
            loop.Emit(OpCodes.Ldloc_0);
            loop.Emit(OpCodes.Ldc_I4_1);
            loop.Emit(OpCodes.Add);
            loop.Emit(OpCodes.Stloc_0);
            loop.MarkLabel(test);
            loop.Emit(OpCodes.Ldloc_0);
            loop.Emit(OpCodes.Ldarg_0);
            loop.Emit(OpCodes.Blt_S, body);
            loop.Emit(OpCodes.Ret);

            ILGenerator choice = Method(type, "Switch");
            Label first = choice.DefineLabel();
            Label second = choice.DefineLabel();
            Label other = choice.DefineLabel();
            Label end = choice.DefineLabel();
            choice.Emit(OpCodes.Ldarg_0);
            choice.Emit(OpCodes.Switch, new[] { first, second });
            choice.Emit(OpCodes.Br_S, other);
            choice.MarkLabel(first);
            choice.Emit(OpCodes.Nop);
            choice.Emit(OpCodes.Ret);
            choice.MarkLabel(second);
            choice.Emit(OpCodes.Nop);
            choice.Emit(OpCodes.Ret);
            choice.MarkLabel(other);
            choice.Emit(OpCodes.Nop);
            choice.MarkLabel(end);
            choice.Emit(OpCodes.Ret);

            ILGenerator final = Method(type, "Finally");
            final.BeginExceptionBlock();
            final.Emit(OpCodes.Ldc_I4_1);
            final.Emit(OpCodes.Stsfld, field);
            final.BeginFinallyBlock();
            final.Emit(OpCodes.Ldc_I4_2);
            final.Emit(OpCodes.Stsfld, field);
            final.EndExceptionBlock();
            final.Emit(OpCodes.Ret);

            ILGenerator handler = Method(type, "Catch");
            handler.BeginExceptionBlock();
            handler.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor(Type.EmptyTypes));
            handler.Emit(OpCodes.Throw);
            handler.BeginCatchBlock(typeof(InvalidOperationException));
            handler.Emit(OpCodes.Pop);
            handler.EndExceptionBlock();
            handler.Emit(OpCodes.Ret);

            ILGenerator allocate = Method(type, "Allocate");
            allocate.Emit(OpCodes.Ldarg_0);
            allocate.Emit(OpCodes.Ldarg_0);
            allocate.Emit(OpCodes.Ceq);
            allocate.Emit(OpCodes.Pop);
            allocate.Emit(OpCodes.Ldc_I4_3);
            allocate.Emit(OpCodes.Newarr, typeof(int));
            allocate.Emit(OpCodes.Pop);
            allocate.Emit(OpCodes.Ldarg_0);
            allocate.Emit(OpCodes.Box, typeof(int));
            allocate.Emit(OpCodes.Pop);
            allocate.Emit(OpCodes.Ldstr, "text");
            allocate.Emit(OpCodes.Pop);
            allocate.Emit(OpCodes.Ret);

            type.CreateType();
            assembly.Save(path);
        }

        private static ILGenerator Method(TypeBuilder type, string name)
        {
            return type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), new[] { typeof(int) }).GetILGenerator();
        }
    }
}
