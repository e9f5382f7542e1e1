/**
 * Crash screens as guests print them: captures, and forms of the kernel's sources that nobody captured.
 * The last line of each is the halt, which belongs to no fault.
 */

/** 0.17, x86_64, captured. */
export const GENERAL_PROTECTION = String.raw`
[    0.116469] CRIT: [libkvmplat] <traps.c @   84> Unhandled Trap 13 (general protection), error code=0x0
[    0.118101] Info: [libkvmplat] <traps.c @   86> Regs address 0x1aaf90
[    0.118441] CRIT: [libkvmplat] <trace.c @   41> RIP: 0000000000121ab2 CS: 0008
[    0.118640] CRIT: [libkvmplat] <trace.c @   42> RSP: 0000000000010ef0 SS: 0010 EFLAGS: 00000293
[    0.118873] CRIT: [libkvmplat] <trace.c @   44> RAX: deadbeefdead0000 RBX: 00000000001878f0 RCX: 000000000000025a
[    0.119104] CRIT: [libkvmplat] <trace.c @   46> RDX: 0000000000187b4a RSI: 0000000000187b44 RDI: 000000000015b42d
[    0.119357] CRIT: [libkvmplat] <trace.c @   48> RBP: 0000000000010f00 R08: 00000000001594e0 R09: 000000000015a56c
[    0.119589] CRIT: [libkvmplat] <trace.c @   50> R10: 0000000000000000 R11: 0000000000010b9f R12: 0000000000000001
[    0.119816] CRIT: [libkvmplat] <trace.c @   52> R13: 00000000001878ac R14: 00000000001878f0 R15: 0000000000187b44
[    0.120050] CRIT: [libkvmplat] <traps.c @   90> Crashing
[    0.120189] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** 0.17, arm64, captured. */
export const ARM64_TRAP = String.raw`
[    0.157438] CRIT: [libkvmplat] <traps_arm64.c @  210> EL1 sync trap caught
[    0.157745] CRIT: [libkvmplat] <traps_arm64.c @  171> 	 SP       : 0x000000004000feb0
[    0.157931] CRIT: [libkvmplat] <traps_arm64.c @  172> 	 ESR_EL1  : 0x0000000096000044
[    0.158099] CRIT: [libkvmplat] <traps_arm64.c @  173> 	 ELR_EL1  : 0x000000004010e208
[    0.158246] CRIT: [libkvmplat] <traps_arm64.c @  174> 	 LR (x30) : 0x000000004010e1f8
[    0.158408] CRIT: [libkvmplat] <traps_arm64.c @  175> 	 PSTATE   : 0x0000000080000345
[    0.158552] CRIT: [libkvmplat] <traps_arm64.c @  176> 	 FAR_EL1  : 0xdeadbeefdead0000
[    0.158869] CRIT: [libkvmplat] <traps_arm64.c @  179> 	 x00 ~ x03: 0xdeadbeefdead0000 0x0000000000000000 0x0000000000000001 0x0000000000000000
[    0.159120] CRIT: [libkvmplat] <traps_arm64.c @  179> 	 x04 ~ x07: 0x0000000040146510 0x0000000000000007 0x0000000000000006 0x000000004000fa59
[    0.159326] CRIT: [libkvmplat] <traps_arm64.c @  179> 	 x08 ~ x11: 0x0000000000000006 0x0000000000000000 0x000000004000fc87 0x0000000000000000
[    0.159551] CRIT: [libkvmplat] <traps_arm64.c @  179> 	 x12 ~ x15: 0x00000000000000b9 0x000000004015d1b0 0x00000000401626b3 0x000000004000fa58
[    0.159792] CRIT: [libkvmplat] <traps_arm64.c @  179> 	 x16 ~ x19: 0x0000000040159e90 0x0000000000000000 0x000000000002642b 0x000000004015ec90
[    0.160021] CRIT: [libkvmplat] <traps_arm64.c @  179> 	 x20 ~ x23: 0x0000000040164158 0x000000004019c990 0x000000004019d284 0x00000000401634d8
[    0.160252] CRIT: [libkvmplat] <traps_arm64.c @  179> 	 x24 ~ x27: 0x000000004019c94c 0x00000000401e13a0 0x000000004019d284 0x0000000000000001
[    0.160549] CRIT: [libkvmplat] <traps_arm64.c @  183> 	 x28 ~ x29: 0x0000000000000000 0x000000004000feb0
[    0.160801] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** 0.14 with the crash screen of pull request 1114, x86_64, captured. */
export const SCREEN_PAGE_FAULT = String.raw`
[    0.160178] CRIT: [libkvmplat] <traps.c @  107> Unhandled page fault vaddr=0x1234567000, error code=0x2
[    0.163689] CRIT: Unikraft crash - Prometheus (0.14.0~6ac8c8d9)
[    0.165059] CRIT: Thread "init"@0x9d020
[    0.166219] CRIT: RIP: 0008:000000000011be1a
[    0.167079] CRIT: RSP: 0010:0000000000011f70 EFLAGS: 00000206 ORIG_RAX: 0000000000000002
[    0.168635] CRIT: RAX: 0000001234567000 RBX: 0000000000000001 RCX:0000000000000780
[    0.170214] CRIT: RDX: 00000000000003d4 RSI: 00000000000003d4 RDI:00000000000003d5
[    0.171749] CRIT: RBP: 0000000000011f70 R08: 0000000000000202 R09:000000000000000b
[    0.173337] CRIT: R10: 0000000000000000 R11: 0000000000011a7d R12:0000000000122020
[    0.174936] CRIT: R13: 0000000000000007 R14: 0000000000000001 R15:0000000000170d20
[    0.176382] CRIT: Stack:
[    0.178037] CRIT:  00011f70  c0 1f 01 00 00 00 00 00  |........|
[    0.179017] CRIT:  00011f78  8f 58 11 00 00 00 00 00  |.X......|
[    0.179914] CRIT:  00011f80  00 00 00 00 00 00 00 00  |........|
[    0.180721] CRIT:  00011f88  a0 34 12 00 00 00 00 00  |.4......|
[    0.181542] CRIT:  00011f90  00 00 00 00 00 00 00 00  |........|
[    0.182347] CRIT:  00011f98  00 00 00 00 00 00 00 00  |........|
[    0.183127] CRIT:  00011fa0  02 00 00 00 00 00 00 00  |........|
[    0.183917] CRIT:  00011fa8  20 00 00 00 00 00 00 00  | .......|
[    0.184806] CRIT: Call Trace:
[    0.185644] CRIT:  [0x000000000011be1a]
[    0.186651] CRIT:  [0x000000000011588e]
[    0.187488] CRIT:  [0x00000000001159d6]
[    0.188283] CRIT:  [0x000000000010b6b8]
[    0.188963] CRIT:  [0x0000000000000000]
[    0.189814] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** The slides, x86_64. */
export const SLIDE_X86_64 = String.raw`
[0.100707] CRIT: Unikraft crash - Dione (0.6.0~2925462)
[0.101195] CRIT: RIP: 0008:000000000010e8e5
[0.101461] CRIT: RSP: 0010:000000001ffdf20 EFLAGS: 00000002 ORIG_RAX: 0000000000000000
[0.101965] CRIT: RAX: 000000001ffdf20 RBX: 0000000000000000 RCX:000000001ffdf20
[0.102428] CRIT: RDX: 00000000000000c0 RSI: 0000000000000038 RDI:0000000000000010
[0.102887] CRIT: RBP: 000000001ffdf80 R08: 0000000000000000 R09:00000000001295f0
[0.103355] CRIT: R10: 0000000000000000 R11: 0000000000000000 R12:0000000000000000
[0.103833] CRIT: R13: 0000000000000000 R14: 0000000000000000 R15:0000000000000000
[0.104329] CRIT: Stack:
[0.105118] CRIT: 000000001ffdf20 00 00 00 00 00 00 00 00 |.....|
[0.105485] CRIT: 000000001ffdf28 00 00 00 00 00 00 00 00 |.....|
[0.105868] CRIT: 000000001ffdf30 00 00 00 00 00 00 00 00 |.....|
[0.106245] CRIT: 000000001ffdf38 00 00 00 00 00 00 00 00 |.....|
[0.106630] CRIT: 000000001ffdf40 00 00 00 00 00 00 00 00 |.....|
[0.107006] CRIT: 000000001ffdf48 80 ff fd 1f 00 00 00 00 |.....|
[0.107391] CRIT: 000000001ffdf50 00 00 00 00 00 00 00 00 |.....|
[0.107770] CRIT: 000000001ffdf58 00 00 00 00 00 00 00 00 |.....|
[0.108177] CRIT: Call Trace:
[0.108380] CRIT: [000000000010e8e5] ukplat_entry+5c4
[0.108941] CRIT: [000000000010e321] ukplat_entry_argp+8b
[0.109301] CRIT: [00000000001082c7] _libkvmplat_entry2+29
[0.109623] CRIT: [0000000000106465] _libkvmplat_newstack+f
[0.109965] CRIT: Could not initialize the scheduler
[0.110273] Info: [libkvmplat] <shutdown.c @ 35> Unikraft halted
`.trim();

/** The slides, arm64. */
export const SLIDE_ARM64 = String.raw`
[0.011181] CRIT: Unikraft crash - Dione (0.6.0~2925462)
[0.011750] CRIT: PC : 0000000040107b04
[0.011980] CRIT: LR : 0000000040107ab4
[0.012209] CRIT: SP : 000000005ffffdc0
[0.012418] CRIT: PSTATE: 200003c5
[0.012713] CRIT: X0 : 000000005ffffdd0 X1 : 0000000008000100
...
[0.017126] CRIT: X28: 0000000000000000 X29: 000000005ffffee0
[0.017508] CRIT: Stack:
[0.018804] CRIT: 000000005ffffdc0 e0 fd ff 5f 00 00 00 00 |..._....|
[0.019168] CRIT: 000000005ffffdc8 00 00 00 00 00 00 00 00 |.....|
[0.019549] CRIT: 000000005ffffdd0 d0 fd ff 5f 00 00 00 00 |..._....|
[0.019939] CRIT: 000000005ffffdd8 00 01 00 08 00 00 00 00 |.....|
[0.020312] CRIT: 000000005ffffde0 00 01 00 00 00 00 00 00 |.....|
[0.020679] CRIT: 000000005ffffde8 28 c0 13 40 00 00 00 00 |(..@....|
[0.021022] CRIT: 000000005ffffdf0 cc fd ff 5f 00 00 00 00 |..._....|
[0.021408] CRIT: 000000005ffffdf8 8c fe ff 5f 00 00 00 00 |..._....|
[0.021819] CRIT: Call Trace:
[0.022007] CRIT: [0000000040107b04] ukplat_entry+424
[0.022724] CRIT: [00000000401076e0] ukplat_entry_argp+c4
[0.023039] CRIT: [000000004010450c] _libkvmplat_entry2+3c
[0.023333] CRIT: [0000000040102080] _libkvmplat_newstack+10
[0.023711] CRIT: Could not initialize the scheduler
[0.024009] Info: [libkvmplat] <shutdown.c @ 35> Unikraft halted
`.trim();

/** 0.14, captured. */
export const ASSERTION = String.raw`
[    0.134059] CRIT: [appuktest] <main.c @   69> Assertion failure: zero == 1
[    0.134361] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** 0.8 to 0.20: a page fault says nothing before its registers. */
export const PAGE_FAULT_SILENT = String.raw`
[    0.200000] CRIT: [libkvmplat] <trace.c @   41> RIP: 00000000001286e0 CS: 0008
[    0.201000] CRIT: [libkvmplat] <trace.c @   41> RSP: 0000000000010f70 SS: 0010 EFLAGS: 00000202
[    0.202000] CRIT: [libkvmplat] <trace.c @   41> RAX: 000000000000000d RBX: 000000000013a078 RCX: 0000000000000780
[    0.203000] CRIT: [libkvmplat] <trace.c @   41> RDX: 00000000000003d4 RSI: 00000000000003d4 RDI: 00000000000003d5
[    0.204000] CRIT: [libkvmplat] <trace.c @   41> RBP: 0000000000010f70 R08: 0000000000000202 R09: 000000000000000b
[    0.205000] CRIT: [libkvmplat] <trace.c @   41> R10: 0000000000000000 R11: 0000000000011a7d R12: 0000000000122020
[    0.206000] CRIT: [libkvmplat] <trace.c @   41> R13: 0000000000000007 R14: 0000000000000001 R15: 0000000000170d20
[    0.207000] CRIT: [libkvmplat] <trace.c @   41> base is 0x10f70 caller is 0x120031
[    0.208000] CRIT: [libkvmplat] <trace.c @   41> base is 0x10fa0 caller is 0x1159d6
[    0.209000] CRIT: [libkvmplat] <trace.c @   41> 001286e0 <+0>: mov qword ptr [rax], 0x1
[    0.210000] CRIT: [libkvmplat] <trace.c @   41> 
[    0.211000] CRIT: [libkvmplat] <trace.c @   41> 10f60: 70 0f 01 00 00 00 00 00 31 00 12 00 00 00 00 00
[    0.212000] CRIT: [libkvmplat] <trace.c @   41> 10f70: 00 00 00 00 00 00 00 00
[    0.213000] CRIT: [libkvmplat] <trace.c @   41> Crashing
[    0.300000] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** 0.8 to 0.20, with a handler that failed. */
export const PAGE_FAULT_HANDLER = String.raw`
[    0.200000] CRIT: [libkvmplat] <trace.c @   41> page fault handler returned error: -12
[    0.201000] CRIT: [libkvmplat] <trace.c @   41> RIP: 00000000001286e0 CS: 0008
[    0.202000] CRIT: [libkvmplat] <trace.c @   41> RSP: 0000000000010f70 SS: 0010 EFLAGS: 00000202
[    0.203000] CRIT: [libkvmplat] <trace.c @   41> RAX: 000000000000000d RBX: 000000000013a078 RCX: 0000000000000780
[    0.204000] CRIT: [libkvmplat] <trace.c @   41> RDX: 00000000000003d4 RSI: 00000000000003d4 RDI: 00000000000003d5
[    0.205000] CRIT: [libkvmplat] <trace.c @   41> RBP: 0000000000010f70 R08: 0000000000000202 R09: 000000000000000b
[    0.206000] CRIT: [libkvmplat] <trace.c @   41> R10: 0000000000000000 R11: 0000000000011a7d R12: 0000000000122020
[    0.207000] CRIT: [libkvmplat] <trace.c @   41> R13: 0000000000000007 R14: 0000000000000001 R15: 0000000000170d20
[    0.208000] CRIT: [libkvmplat] <trace.c @   41> Crashing
[    0.300000] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** 0.3 to 0.7. */
export const PAGE_FAULT_OLD = String.raw`
[    0.200000] CRIT: [libkvmplat] <trace.c @   41> Page fault at linear address 1234567000, rip 1286ea, regs 0x3fdff58, sp 3fdff0c, our_sp 0x3fdfef0, code 2
[    0.201000] CRIT: [libkvmplat] <trace.c @   41> RIP: 00000000001286ea CS: 0008
[    0.202000] CRIT: [libkvmplat] <trace.c @   41> RSP: 0000000000010f70 SS: 0010 EFLAGS: 00000202
[    0.203000] CRIT: [libkvmplat] <trace.c @   41> RAX: 000000000000000d RBX: 000000000013a078 RCX: 0000000000000780
[    0.204000] CRIT: [libkvmplat] <trace.c @   41> RDX: 00000000000003d4 RSI: 00000000000003d4 RDI: 00000000000003d5
[    0.205000] CRIT: [libkvmplat] <trace.c @   41> RBP: 0000000000010f70 R08: 0000000000000202 R09: 000000000000000b
[    0.206000] CRIT: [libkvmplat] <trace.c @   41> R10: 0000000000000000 R11: 0000000000011a7d R12: 0000000000122020
[    0.207000] CRIT: [libkvmplat] <trace.c @   41> R13: 0000000000000007 R14: 0000000000000001 R15: 0000000000170d20
[    0.208000] CRIT: [libkvmplat] <trace.c @   41> base is 0x3fdff50 caller is 0x10a2c1
[    0.209000] CRIT: [libkvmplat] <trace.c @   41> 3fdfef0: 01 02 03
[    0.210000] CRIT: [libkvmplat] <trace.c @   41> Crashing
[    0.300000] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** 0.3 to 0.7. */
export const GPF_OLD = String.raw`
[    0.200000] CRIT: [libkvmplat] <trace.c @   41> GPF rip: 1286ea, error_code=0
[    0.201000] CRIT: [libkvmplat] <trace.c @   41> RSP: 0000000000010f70 SS: 0010 EFLAGS: 00000202
[    0.202000] CRIT: [libkvmplat] <trace.c @   41> RAX: 000000000000000d RBX: 000000000013a078 RCX: 0000000000000780
[    0.203000] CRIT: [libkvmplat] <trace.c @   41> RDX: 00000000000003d4 RSI: 00000000000003d4 RDI: 00000000000003d5
[    0.204000] CRIT: [libkvmplat] <trace.c @   41> RBP: 0000000000010f70 R08: 0000000000000202 R09: 000000000000000b
[    0.205000] CRIT: [libkvmplat] <trace.c @   41> R10: 0000000000000000 R11: 0000000000011a7d R12: 0000000000122020
[    0.206000] CRIT: [libkvmplat] <trace.c @   41> R13: 0000000000000007 R14: 0000000000000001 R15: 0000000000170d20
[    0.207000] CRIT: [libkvmplat] <trace.c @   41> Crashing
[    0.300000] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** Up to 0.7. */
export const ARM64_TRAP_OLD = String.raw`
[    0.200000] CRIT: [libkvmplat] <traps.c @   61> Unikraft: EL1 sync trap caught
[    0.201000] CRIT: [libkvmplat] <traps.c @   61> Unikraft: Dump registers:
[    0.202000] CRIT: [libkvmplat] <traps.c @   61> 	 SP       : 0x000000004000feb0
[    0.203000] CRIT: [libkvmplat] <traps.c @   61> 	 ESR_EL1  : 0x0000000096000044
[    0.204000] CRIT: [libkvmplat] <traps.c @   61> 	 ELR_EL1  : 0x000000004010e208
[    0.205000] CRIT: [libkvmplat] <traps.c @   61> 	 LR (x30) : 0x000000004010e1f8
[    0.206000] CRIT: [libkvmplat] <traps.c @   61> 	 PSTATE   : 0x0000000080000345
[    0.207000] CRIT: [libkvmplat] <traps.c @   61> 	 FAR_EL1  : 0xdeadbeefdead0000
[    0.208000] CRIT: [libkvmplat] <traps.c @   61> 	 x00 ~ x03: 0xdeadbeefdead0000 0x0000000000000000 0x0000000000000001 0x0000000000000000
[    0.209000] CRIT: [libkvmplat] <traps.c @   61> 	 x04 ~ x07: 0x0000000040146510 0x0000000000000007 0x0000000000000006 0x000000004000fa59
[    0.210000] CRIT: [libkvmplat] <traps.c @   61> 	 x08 ~ x11: 0x0000000000000006 0x0000000000000000 0x000000004000fc87 0x0000000000000000
[    0.211000] CRIT: [libkvmplat] <traps.c @   61> 	 x12 ~ x15: 0x00000000000000b9 0x000000004015d1b0 0x00000000401626b3 0x000000004000fa58
[    0.212000] CRIT: [libkvmplat] <traps.c @   61> 	 x16 ~ x19: 0x0000000040159e90 0x0000000000000000 0x000000000002642b 0x000000004015ec90
[    0.213000] CRIT: [libkvmplat] <traps.c @   61> 	 x20 ~ x23: 0x0000000040164158 0x000000004019c990 0x000000004019d284 0x00000000401634d8
[    0.214000] CRIT: [libkvmplat] <traps.c @   61> 	 x24 ~ x27: 0x000000004019c94c 0x00000000401e13a0 0x000000004019d284 0x0000000000000001
[    0.215000] CRIT: [libkvmplat] <traps.c @   61> 	 x28 ~ x29: 0x0000000000000000 0x000000004000feb0
[    0.300000] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** 0.21, x86_64. */
export const SCREEN_021 = String.raw`
[    0.200000] CRIT: Unikraft Crash - Ijiraq (0.21.0~7351f8b5)
[    0.201000] CRIT: Thread "init"@0x9d020
[    0.202000] CRIT:     _      
[    0.203000] CRIT:   cx xo    
[    0.204000] CRIT:   (|O|)/V  
[    0.205000] CRIT:            
[    0.206000] CRIT: Registers:
[    0.207000] CRIT:  rip: 0008:000000000011be55
[    0.208000] CRIT:  rsp: 0010:0000000000011f60 eflags: 00000206 orig_rax: 0000000000000000
[    0.209000] CRIT:  rax: 0000000000000000 rbx: 0000000000000001 rcx:0000000000000780
[    0.210000] CRIT:  rbp: 0000000000011f70 r8:  0000000000000202 r9: 000000000000000b
[    0.211000] CRIT: Stack:
[    0.212000] CRIT:  00011f60  c0 1f 01 00 00 00 00 00  |........|
[    0.213000] CRIT:  0000000000012000  Bad stack address
[    0.214000] CRIT: Call Trace:
[    0.215000] CRIT:  [0x000000000011be55]
[    0.216000] CRIT:  [0x000000000011588e]
[    0.217000] CRIT:  Bad frame pointer
[    0.218000] CRIT: System rebooting in 5 seconds...
`.trim();

/** 0.21: an assertion prints the screen. */
export const ASSERTION_021 = String.raw`
[    0.200000] CRIT: [libuksched] <sched.c @  315> Assertion failure: thread != ((void *) 0)
[    0.210000] CRIT: Unikraft Crash - Ijiraq (0.21.0~7351f8b5)
[    0.211000] CRIT: Thread "init"@0x9d020
[    0.212000] CRIT:     _      
[    0.213000] CRIT:   cx xo    
[    0.214000] CRIT:   (|O|)/V  
[    0.215000] CRIT:            
[    0.216000] CRIT: Registers:
[    0.217000] CRIT:  rip: 0008:000000000011be55
[    0.218000] CRIT:  rsp: 0010:0000000000011f60 eflags: 00000206 orig_rax: 0000000000000000
[    0.219000] CRIT:  rax: 0000000000000000 rbx: 0000000000000001 rcx:0000000000000780
[    0.220000] CRIT:  rbp: 0000000000011f70 r8:  0000000000000202 r9: 000000000000000b
[    0.221000] CRIT: Stack:
[    0.222000] CRIT:  00011f60  c0 1f 01 00 00 00 00 00  |........|
[    0.223000] CRIT:  0000000000012000  Bad stack address
[    0.224000] CRIT: Call Trace:
[    0.225000] CRIT:  [0x000000000011be55]
[    0.226000] CRIT:  [0x000000000011588e]
[    0.227000] CRIT:  Bad frame pointer
[    0.300000] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** 0.21, arm64. */
export const SCREEN_021_ARM64 = String.raw`
[    0.200000] CRIT: Unikraft Crash - Ijiraq (0.21.0)
[    0.201000] CRIT: Registers:
[    0.202000] CRIT:  SP:      0x000000004000feb0
[    0.203000] CRIT:  ESR_EL1: 0x0000000096000044
[    0.204000] CRIT:  ELR_EL1: 0x000000004010e208
[    0.205000] CRIT:  LR:      0x000000004010e1f8
[    0.206000] CRIT:  PSTATE:  0x0000000080000345
[    0.207000] CRIT:  X0 : deadbeefdead0000 X1 : 0000000000000000
[    0.208000] CRIT:  X28: 0000000000000000 X29: 000000004000feb0
[    0.209000] CRIT: Stack:
[    0.210000] CRIT: Call Trace:
[    0.211000] CRIT:  [0x000000004010e208]
[    0.300000] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();

/** Pull request 191. */
export const KASAN = String.raw`
[    0.200000] CRIT: [libkasan] <kasan.c @  214> ===========KernelAddressSanitizer===========
[    0.201000] CRIT: [libkasan] <kasan.c @  214> ERROR:
[    0.202000] CRIT: [libkasan] <kasan.c @  214> * invalid access to address 0x1bc241
[    0.203000] CRIT: [libkasan] <kasan.c @  214> * write of size 1
[    0.204000] CRIT: [libkasan] <kasan.c @  214> * redzone code 0x2 (partial redzone)
[    0.205000] CRIT: [libkasan] <kasan.c @  214> ============================================
[    0.206000] CRIT: [libkasan] <kasan.c @  214> 
[    0.207000] CRIT: [libkasan] <kasan.c @  214>   0x1bc240: 00 [02] fa fa
[    0.208000] CRIT: [libkasan] <kasan.c @  214> address sanitizer detected an error
[    0.300000] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted
`.trim();
